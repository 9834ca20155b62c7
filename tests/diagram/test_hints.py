"""What Keras takes but hardly anybody means is a hint, which keeps no model from being built."""

from graphstudio.diagram.checks import check
from graphstudio.diagram.diagnostics import Severity, has_errors
from graphstudio.diagram.repairs import apply_repair
from tests.code.projects import layer
from tests.diagrams import chain


def test_a_vocabulary_smaller_than_the_embedding_width_is_a_hint_with_a_swap() -> None:
    swapped = chain(layer("Embedding", "posts", input_dim=256, output_dim=50_000), dtype="int32")
    found = check(swapped)
    (hint,) = found
    assert hint.severity is Severity.HINT
    assert "the vocabulary (256) is smaller than the embedding width (50000)" in hint.message
    assert not has_errors(found)
    (repair,) = hint.repairs
    assert check(apply_repair(swapped, repair)) == ()


def test_a_vocabulary_as_large_as_the_width_or_larger_is_no_hint() -> None:
    for words in (64, 50_000):
        assert check(chain(layer("Embedding", "posts", input_dim=words, output_dim=64))) == ()


def test_an_embedding_that_lacks_a_size_is_left_to_keras() -> None:
    assert check(chain(layer("Embedding", "posts", input_dim=256))) == ()
    assert check(chain(layer("Embedding", "posts", input_dim="a", output_dim=3))) == ()
