"""Train the Keras model digits, evaluate it and save it as digits.keras."""

from pathlib import Path

import keras
import numpy as np

SEED = 7
EPOCHS = 3
BATCH_SIZE = 32
VALIDATION = 0.2
DATA = Path(__file__).parent.joinpath("digits.npz")

Columns = dict[str, np.ndarray]
Samples = tuple[Columns, Columns]


def load_data() -> tuple[Samples, Samples | None]:
    """Return the samples to train on and those held out, each as inputs and targets."""
    with np.load(DATA) as arrays:
        x = {"image": arrays["image"]}
        y = {
            "digit": arrays["digit"],
            "even": arrays["is_even"],
            "slant": arrays["slant"],
        }
    samples = len(x["image"])
    order = np.random.default_rng(SEED).permutation(samples)
    held_out = int(samples * VALIDATION)
    train = take(x, order[held_out:]), take(y, order[held_out:])
    validation = take(x, order[:held_out]), take(y, order[:held_out])
    return train, validation if held_out else None


def take(columns: Columns, rows: np.ndarray) -> Columns:
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
