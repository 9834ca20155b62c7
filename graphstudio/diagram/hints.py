"""Hints: what Keras takes, but hardly anybody means."""

from collections.abc import Iterator

from graphstudio.diagram.diagnostics import Diagnostic, Repair, Severity
from graphstudio.diagram.diagram import Diagram

_EMBEDDING = "keras.layers.Embedding"


def check_vocabularies(diagram: Diagram) -> Iterator[Diagnostic]:
    """Yield a hint for each embedding that has fewer words than numbers for a word.

    The two stand beside each other in ``Embedding(input_dim, output_dim)``, and get swapped.
    """
    for layer_id, calls in diagram.calls.items():
        layer = diagram.layers[layer_id]
        words, width = layer.config.get("input_dim"), layer.config.get("output_dim")
        if layer.class_name != _EMBEDDING or not isinstance(words, int | float):
            continue
        if isinstance(width, int | float) and words < width:
            arguments = {"node_id": calls[0], "first": "input_dim", "second": "output_dim"}
            yield Diagnostic(
                code="small-vocabulary",
                severity=Severity.HINT,
                message=f"{layer.name}: the vocabulary ({words}) is smaller than the embedding "
                f"width ({width}); were the two swapped?",
                node=calls[0],
                expected="more words than numbers for each word",
                received=f"input_dim={words}, output_dim={width}",
                repairs=(Repair("Swap input_dim and output_dim", "swap_parameters", arguments),),
            )
