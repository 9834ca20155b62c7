"""What is dragged from the palette onto the canvas."""

# The data is the public path of what is added, such as "keras.layers.Dense", as UTF-8 text.
ENTRY_MIME = "application/x-graphstudio-entry"
