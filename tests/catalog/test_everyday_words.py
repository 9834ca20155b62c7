"""What people look for in their own words is among the first three that are found."""

import pytest

from graphstudio.catalog import everyday_words
from graphstudio.catalog.everyday_words import query_words
from graphstudio.catalog.search import SearchIndex, placeable
from graphstudio.catalog.shipped import shipped_catalog

INDEX = SearchIndex(shipped_catalog())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("shrink image", "MaxPooling2D"),
        ("shrink", "MaxPooling2D"),
        ("shrink the images", "MaxPooling2D"),
        ("downsample signal", "MaxPooling1D"),
        ("fully connected", "Dense"),
        ("fully-connected layer", "Dense"),
        ("skip connection", "Add"),
        ("residual", "Add"),
        ("merge", "Concatenate"),
        ("join two branches", "Concatenate"),
        ("flatten", "Flatten"),
        ("enlarge image", "UpSampling2D"),
        ("upscaling", "UpSampling1D"),
        ("overfitting", "Dropout"),
        ("memory", "LSTM"),
        ("word vectors", "Embedding"),
        ("tokenize", "TextVectorization"),
        ("transformer", "MultiHeadAttention"),
        ("self attention", "MultiHeadAttention"),
        ("deconvolution", "Conv2DTranspose"),
        ("one hot", "CategoryEncoding"),
        ("probabilities", "Softmax"),
        ("divide by 255", "Rescaling"),
        ("rotate image", "RandomRotation"),
        ("mirror", "RandomFlip"),
        ("both directions", "Bidirectional"),
        ("each frame", "TimeDistributed"),
        ("pad image", "ZeroPadding2D"),
        ("change shape", "Reshape"),
        ("noise", "GaussianNoise"),
        ("ignore padding", "Masking"),
        ("standardize", "Normalization"),
        ("bins", "Discretization"),
        ("similarity", "Dot"),
        ("output", "head"),
        ("placeholder", "Input"),
        ("detect edges", "Conv2D"),
        ("gate", "Multiply"),
        ("submodel", "Model"),
        ("resize image", "Resizing"),
    ],
)
def test_everyday_words_find_the_layer_that_is_meant(query: str, expected: str) -> None:
    assert expected in [entry.name for entry in INDEX.find(query, 3)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("nn.Linear", "Dense"),
        ("torch.nn.BatchNorm2d", "BatchNormalization"),
        ("nn.ReLU", "ReLU"),
        ("nn.MaxPool2d", "MaxPooling2D"),
        ("AdaptiveAvgPool2d", "AdaptiveAveragePooling2D"),
        ("ConvTranspose2d", "Conv2DTranspose"),
        ("LayerNorm", "LayerNormalization"),
        ("torch.cat", "Concatenate"),
        ("unsqueeze", "expand_dims"),
        ("detach", "stop_gradient"),
        ("nn.MultiheadAttention", "MultiHeadAttention"),
        ("tf.keras.layers.Dense", "Dense"),
        ("F.silu", "silu"),
        ("InstanceNorm2d", "GroupNormalization"),
    ],
)
def test_names_of_other_libraries_find_the_layer_of_keras(query: str, expected: str) -> None:
    assert expected in [entry.name for entry in INDEX.find(query, 3)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("droput", "Dropout"), ("convlution", "Conv1D"), ("lstn", "LSTM"), ("emebdding", "Embedding")],
)
def test_a_misspelt_word_finds_what_was_meant(query: str, expected: str) -> None:
    assert INDEX.find(query, 1)[0].name == expected


def test_every_line_of_words_is_for_something_that_there_is() -> None:
    entries = placeable(shipped_catalog())
    known = {entry.category for entry in entries}.union(entry.name for entry in entries)
    names = " ".join(known)
    tables = (everyday_words._BY_CATEGORY, everyday_words._BY_PART, everyday_words._BY_NAME)
    said = [one for table in tables for one in table]
    assert [one for one in said if one not in known and one not in names] == []


def test_words_that_say_nothing_are_kept_where_there_are_no_others() -> None:
    assert query_words("make a Layer for the image") == ["image"]
    assert query_words("into") == ["into"]
