"""Graph Studio: draw Keras models, train them, and take the code with you."""

from importlib.metadata import version

__version__ = version("graphstudio")
