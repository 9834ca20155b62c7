"""The Keras side: the only part that imports Keras and TensorFlow. It never imports Qt."""

import os

# The engine is Keras on TensorFlow, whatever else a user's own settings say.
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
