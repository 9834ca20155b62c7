"""The devices that TensorFlow can train on here."""

import os

import tensorflow as tf

from graphstudio.protocol import Device


def use_cpu_only() -> None:
    """Keep this process off accelerators. Call it before the first tensor is made."""
    tf.config.set_visible_devices([], "GPU")


def share_accelerators() -> None:
    """Let TensorFlow take an accelerator's memory as it needs it, not all of it at once."""
    for gpu in tf.config.get_visible_devices("GPU"):
        tf.config.experimental.set_memory_growth(gpu, True)


def devices() -> tuple[Device, ...]:
    """Return what this process can train on, the best first."""
    gpus = tf.config.get_visible_devices("GPU")
    named = [tf.config.experimental.get_device_details(gpu).get("device_name") for gpu in gpus]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    cpu = Device("CPU", f"CPU · {cores} {'core' if cores == 1 else 'cores'}")
    return (*(Device("GPU", name or "GPU") for name in named), cpu)
