"""What people call the families of layers and functions, and the order in which they look."""

from collections.abc import Mapping

# Keras's folders whose names are not what people look for; the order is the palette's.
_TITLES: Mapping[str, str] = {
    "core": "Core",
    "convolutional": "Convolution",
    "pooling": "Pooling",
    "rnn": "Recurrent",
    "attention": "Attention",
    "merging": "Merging",
    "normalization": "Normalization",
    "regularization": "Regularization",
    "reshaping": "Reshaping",
    "activations": "Activation",
    "preprocessing": "Preprocessing",
    "applications": "Applications",
    "core_functions": "Core functions",
    "math_functions": "Mathematical functions",
    "numpy_functions": "Array functions",
    "nn_functions": "Neural network functions",
    "linalg_functions": "Linear algebra functions",
    "image_functions": "Image functions",
}


def category_title(category: str) -> str:
    """Return a category in words, such as ``"Recurrent"`` for ``"rnn"``."""
    return _TITLES.get(category) or category.replace("_", " ").capitalize() or "Other"


def category_rank(category: str) -> tuple[int, str]:
    """Return a sort key: the known families first, then the others by name."""
    known = list(_TITLES)
    return (known.index(category) if category in known else len(known), category)
