"""Shapes as Python writes them; numbers with three digits, and times in the unit that fits."""

import math

from graphstudio.protocol import Tensor


def shape_text(tensor: Tensor) -> str:
    """Return a shape as Python writes it, such as ``(None, 8, 8, 32)``."""
    return str(tuple(tensor.shape))


def quantity(value: float) -> str:
    """Return a loss or a metric with three digits, such as ``"0.0156"``."""
    if not math.isfinite(value):
        return str(value)
    size = abs(value)
    if size and not 1e-3 <= size < 1e5:
        return f"{value:.2e}"
    return f"{value:.0f}" if size >= 100 else f"{value:#.3g}"


def duration(seconds: float) -> str:
    """Return a time, such as ``"8 s"``, ``"2 min"`` or ``"1 h 30 min"``."""
    if seconds < 1:
        return "less than 1 s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60:,} h {minutes % 60} min"


def milliseconds(seconds: float) -> str:
    """Return a short time with three digits, such as ``"1.25 ms"``."""
    time = seconds * 1000
    if time < 0.01:
        return "< 0.01 ms" if time > 0 else "0 ms"
    return f"{time:,.0f} ms" if time >= 99.95 else f"{time:#.3g} ms"


def with_prefix(value: float, unit: str) -> str:
    """Return a large count with three digits and a prefix, such as ``"1.18 MFLOPs"``.

    Args:
        value: the count.
        unit: what is counted, such as ``"FLOPs"`` or ``"B"``; a prefix is a factor of 1000.
    """
    prefixes = ("", "k", "M", "G", "T", "P")
    place = 0
    while abs(value) >= 999.5 and place + 1 < len(prefixes):
        value, place = value / 1000, place + 1
    digits = f"{value:.0f}" if place == 0 or value >= 99.95 else f"{value:#.3g}"
    return f"{digits} {prefixes[place]}{unit}"


def speed(steps_per_second: float) -> str:
    """Return a speed; one of less than a step a second as the time of a step."""
    if steps_per_second <= 0:
        return ""
    if steps_per_second < 1:
        return f"{1 / steps_per_second:.1f} s/step"
    digits = 0 if steps_per_second >= 10 else 1
    return f"{steps_per_second:,.{digits}f} steps/s"
