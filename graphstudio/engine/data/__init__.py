"""Data for a model: read, made into columns, checked against what takes them, and split."""
