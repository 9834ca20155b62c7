"""Write the data and the example projects that ship: ``python packaging/make_examples.py``."""

from argparse import ArgumentParser
from collections.abc import Collection
from pathlib import Path

import keras
from examples import by_hand, images, sequences, tables, texts
from examples.drawing import Example
from examples.files import write_data

from graphstudio.diagram.project_file import SUFFIX, save_project

RESOURCES = Path(__file__).parent.parent / "resources"
EXAMPLES: tuple[Example, ...] = (
    by_hand.digits,
    tables.linear,
    texts.question_answering,
    texts.three_heads,
    texts.three_heads_intended,
    images.inception,
    images.residual,
    sequences.siamese,
    by_hand.two_cameras,
    tables.model_as_layer,
    by_hand.disconnected,
    tables.mlp,
    images.lenet,
    images.unet,
    images.resnet,
    sequences.transformer_encoder,
    images.vision_transformer,
    sequences.seq2seq_attention,
    images.autoencoder,
    tables.wide_and_deep,
    tables.two_tower,
    texts.tickets,
)


def write_examples(folder: Path, names: Collection[str] = ()) -> None:
    """Write the projects of these names, or all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for example in EXAMPLES:
        if not names or example.__name__ in names:
            # Names that Keras gives count from the start again, so that each run gives the same.
            keras.utils.clear_session()
            save_project(example(), folder / f"{example.__name__}{SUFFIX}")


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="examples to write; all of them without")
    parser.add_argument("--to", type=Path, default=RESOURCES, help="what to write into")
    given = parser.parse_args()
    write_data(given.to / "data")
    write_examples(given.to / "examples", given.names)
