"""The window: the only part that knows Qt. It never imports Keras or TensorFlow."""
