"""The data that ships: where it comes from, and what is written for each kind of source."""
