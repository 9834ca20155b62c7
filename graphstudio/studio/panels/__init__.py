"""The panels around the canvas. None knows another: they meet in the document."""
