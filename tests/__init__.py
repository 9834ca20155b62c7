"""Tests of Graph Studio; the folders mirror the package."""
