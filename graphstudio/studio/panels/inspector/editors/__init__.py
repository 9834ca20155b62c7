"""Editors of configuration values: one for each kind of parameter."""
