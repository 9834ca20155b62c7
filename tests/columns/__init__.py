"""Tests of the functions that scripts carry."""
