"""Keras alone: what it takes to call two ``Dense`` layers on symbolic tensors.

``python -m tests.benchmarks.probes.keras_calls TIMES`` writes the seconds of each time.
"""

import sys
import time

import keras
import tensorflow as tf

_WARM_UP = 3


def main() -> None:
    """Call the layers as often as the command line says."""
    times = int(sys.argv[1])
    seconds = [_seconds_of_calls(units) for units in range(17, 17 + times + _WARM_UP)]
    sys.stdout.write(f"{seconds[_WARM_UP:]}\n")


def _seconds_of_calls(units: int) -> float:
    began = time.monotonic()
    changed = keras.Input((16,))
    for size in (units, 16):
        with tf.Graph().as_default():
            changed = keras.layers.Dense(size)(changed)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
