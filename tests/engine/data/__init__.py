"""Tests of how data is loaded and checked."""
