"""Train the Keras model digits, evaluate it and save it as digits.keras."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

SEED = 7
EPOCHS = 3
BATCH_SIZE = 32
VALIDATION = 0.2
DATA = Path(__file__).parent.joinpath("digits.npz")

Array = NDArray[Any]
Columns = dict[str, Array]
Parts = tuple[Array, Array]
Samples = tuple[Columns, Columns]


def load_data() -> tuple[Samples, Samples | None]:
    """Return what to train on and what is held out: inputs and targets."""
    fields = read_arrays(DATA, ("image", "digit", "is_even", "slant"))
    x = {"image": fields["image"]}
    y = {"digit": fields["digit"], "even": fields["is_even"], "slant": fields["slant"]}
    rows, held_out = split_by_chance(len(x["image"]), VALIDATION, SEED)
    train = (take(x, rows), take(y, rows))
    validation = (take(x, held_out), take(y, held_out))
    return train, validation if len(held_out) else None


def read_arrays(path: Path, names: Collection[str]) -> Columns:
    """Return some of the arrays in a .npz file; the others are not read."""
    with np.load(path) as arrays:
        return {name: arrays[name] for name in names}


def split_by_chance(rows: int, share: float, seed: int) -> Parts:
    """Hold out a share of the rows, in an order drawn from a seed."""
    order = np.random.default_rng(seed).permutation(rows)
    held_out = int(rows * share)
    return order[held_out:], order[:held_out]


def take(columns: Columns, rows: Array) -> Columns:
    """Return some rows of every column."""
    return {name: column[rows] for name, column in columns.items()}


def build_model() -> keras.Model:
    """Return the model, not yet compiled."""
    image = keras.Input(shape=(8, 8, 1), name="image")
    conv_1 = keras.layers.Conv2D(
        32,
        3,
        padding="same",
        activation="relu",
        kernel_initializer=keras.initializers.HeNormal(seed=1),
        name="conv_1",
    )(image)
    pool = keras.layers.MaxPooling2D(name="pool")(conv_1)
    flatten = keras.layers.Flatten(name="flatten")(pool)
    trunk = keras.layers.Dense(64, activation="relu", name="trunk")(flatten)
    digit_out = keras.layers.Dense(10, activation="softmax", name="digit_out")(trunk)
    even_out = keras.layers.Dense(1, activation="sigmoid", name="even_out")(trunk)
    slant_out = keras.layers.Dense(1, use_bias=False, name="slant_out")(trunk)
    return keras.Model(
        inputs=[image],
        outputs={"digit": digit_out, "even": even_out, "slant": slant_out},
        name="digits",
    )


def main() -> None:
    """Train the model, and print what it reaches."""
    keras.utils.set_random_seed(SEED)
    train, validation = load_data()
    model = build_model()
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.002),
        loss={
            "digit": "sparse_categorical_crossentropy",
            "even": keras.losses.BinaryCrossentropy(label_smoothing=0.1),
            "slant": "mse",
        },
        loss_weights={"digit": 1.0, "even": 0.5, "slant": 0.25},
        metrics={
            "digit": ["accuracy"],
            "slant": ["mae", keras.metrics.RootMeanSquaredError()],
        },
    )
    model.fit(
        *train,
        validation_data=validation,
        batch_size=BATCH_SIZE,
        epochs=EPOCHS,
    )
    results = model.evaluate(
        *(validation or train),
        batch_size=BATCH_SIZE,
        return_dict=True,
    )
    for name, value in results.items():
        print(f"{name}: {value}")
    model.save("digits.keras")


if __name__ == "__main__":
    main()
