"""Programs that a benchmark starts, and that write what they measured as one JSON line."""
