"""What an empty window shows, and the first steps in it."""
