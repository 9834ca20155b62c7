"""What can be put on the canvas: read from Keras, shipped as data, searchable."""
