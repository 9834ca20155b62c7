"""The canvas on which diagrams are drawn."""
