"""Projects that learn from a table of penguins, in whatever file."""

from graphstudio.diagram.data import Data, Encoding, Missing, Prepared
from graphstudio.diagram.diagram import HeadNode, InputNode
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.sources import Source
from tests.code.projects import diagram, layer

SIZES = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm")
SPECIES = ("Adelie", "Chinstrap", "Gentoo")


def penguins(
    source: Source,
    *,
    sizes: tuple[str, ...] = SIZES,
    species: str = "species",
    mass: str = "body_mass_g",
    classes: tuple[str, ...] = SPECIES,
    missing: Missing = Missing.SKIP,
) -> Project:
    """Return a project that tells the species and the mass of penguins from their sizes.

    Args:
        source: the table.
        sizes: its columns of sizes.
        species: its column of species.
        mass: its column of masses.
        classes: the species.
        missing: what becomes of rows without a size.
    """
    drawn = diagram(
        "penguins",
        {
            "size": InputNode(name="size", config={"shape": [len(sizes)]}),
            "dense": layer("Dense", "dense", units=8, activation="relu"),
            "kind": layer("Dense", "kind", units=3, activation="softmax"),
            "grams": layer("Dense", "grams", units=1),
            "species": HeadNode(
                name="species",
                loss="sparse_categorical_crossentropy",
                class_weights={"1": 2.0},
            ),
            "mass": HeadNode(name="mass", loss="mse", weight=1e-6, metrics=("mae",)),
        },
        ("size dense", "dense kind", "dense grams", "kind species", "grams mass"),
    )
    columns = {
        "size": Prepared(fields=sizes, missing=missing),
        "species": Prepared(fields=(species,), encoding=Encoding.INDEX, classes=classes),
        "mass": Prepared(fields=(mass,), missing=Missing.MASK),
    }
    return Project(
        diagram=drawn,
        data=Data(source=source, columns=columns, validation=0.25),
        training=Training(epochs=1, batch_size=64),
    )
