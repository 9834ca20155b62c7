"""From a diagram to one plan of calls, and from the plan to Python. Needs no Keras."""
