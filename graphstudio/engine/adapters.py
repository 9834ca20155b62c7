"""Layers that turn a tensor into one that a call may take instead; Keras is then asked."""

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from graphstudio.diagram.values import Value
from graphstudio.protocol import Tensor

Size: TypeAlias = int | None
# What is assumed of words where nothing is known: the user sees both numbers on the new node.
_VOCABULARY = 10_000
_WIDTH = 64
_TIMES = "\N{MULTIPLICATION SIGN}"


class Adapter(NamedTuple):
    """A layer or function that could stand in a wire.

    Attributes:
        path: its public path.
        words: what the title calls it, such as ``"Dense 64 units"``.
        config: its constructor arguments.
        arguments: arguments of its call.
    """

    path: str
    words: str
    config: Mapping[str, Value] = {}
    arguments: Mapping[str, Value] = {}


def adapters(tensor: Tensor) -> Iterator[Adapter]:
    """Yield what could make a refused tensor fit, the likeliest first."""
    yield from _numbers(tensor)
    rank = len(tensor.shape)
    if rank > 2:
        if None not in tensor.shape[1:]:
            yield _layer("Flatten")
        if rank <= 5:
            yield from poolings(tensor)
        yield from _reshaped(tensor, (-1, tensor.shape[-1]))
        yield _layer("Flatten")
    yield from _more_axes(tensor)
    if rank > 3:
        yield _permuted([*range(2, rank), 1])
        yield _permuted([rank - 1, *range(1, rank - 1)])
    elif rank == 3:
        yield _permuted([2, 1])
    if "int" not in tensor.dtype and tensor.dtype != "string":
        yield cast("int32")


def poolings(tensor: Tensor) -> Iterator[Adapter]:
    """Yield the poolings over all places of a series, an image or a volume."""
    axes = len(tensor.shape) - 2
    if 1 <= axes <= 3:
        yield _layer(f"GlobalAveragePooling{axes}D")
        yield _layer(f"GlobalMaxPooling{axes}D")


def cast(dtype: str) -> Adapter:
    """Return the conversion to a dtype."""
    return Adapter("keras.ops.cast", f"cast to {dtype}", arguments={"dtype": dtype})


def towards(tensor: Tensor, target: Tensor) -> Iterator[Adapter]:
    """Yield what could give a tensor the shape of another, the likeliest first."""
    if tensor.dtype != target.dtype and "string" not in {tensor.dtype, target.dtype}:
        yield cast(target.dtype)
    if len(tensor.shape) < len(target.shape):
        yield from _raised(tensor, target)
    elif len(tensor.shape) > len(target.shape):
        yield from adapters(tensor)
    elif len(tensor.shape) == 2:
        yield from _dense(target.shape[-1])
    elif len(tensor.shape) > 2:
        yield from _places_and_channels(tensor, target)


def _numbers(tensor: Tensor) -> Iterator[Adapter]:
    """Yield what makes numbers that layers compute with out of texts, ids and bytes."""
    if tensor.dtype == "string":
        # Padded, so that the width is known before the vocabulary is.
        config: dict[str, Value] = {"max_tokens": _VOCABULARY, "output_mode": "multi_hot"}
        config["pad_to_max_tokens"] = True
        yield _layer("TextVectorization", "multi-hot words", **config)
        yield _layer("TextVectorization", max_tokens=_VOCABULARY)
        yield _layer("StringLookup", "multi-hot", **config)
    if "int" in tensor.dtype:
        if len(tensor.shape) > 2:
            yield _layer("Rescaling", "÷ 255", scale=1 / 255)
        words = f"{_VOCABULARY:,} words, {_WIDTH} numbers each"
        yield _layer("Embedding", words, input_dim=_VOCABULARY, output_dim=_WIDTH)
    if "float" not in tensor.dtype and tensor.dtype != "string":
        yield cast("float32")


def _more_axes(tensor: Tensor) -> Iterator[Adapter]:
    """Yield shapes with more axes: a square image, or axes of size one at the end or the start."""
    sizes = tensor.shape[1:]
    if len(sizes) == 1 and sizes[0]:
        side = math.isqrt(sizes[0])
        if side > 1 and side**2 == sizes[0]:
            yield from _reshaped(tensor, (side, side, 1))
    for ones in (1, 2, 3):
        yield from _reshaped(tensor, (*sizes, *[1] * ones))
        yield from _reshaped(tensor, (*[1] * ones, *sizes))


def _raised(tensor: Tensor, target: Tensor) -> Iterator[Adapter]:
    """Yield what gives a tensor as many axes as another has."""
    if len(tensor.shape) == 2 and len(target.shape) == 3 and target.shape[1]:
        yield _layer("RepeatVector", f"{target.shape[1]} times", n=target.shape[1])
    ones = [1] * (len(target.shape) - len(tensor.shape))
    yield from _reshaped(tensor, (*ones, *tensor.shape[1:]))
    yield from _reshaped(tensor, (*tensor.shape[1:], *ones))


def _reshaped(tensor: Tensor, sizes: tuple[Size, ...]) -> Iterator[Adapter]:
    """Yield a reshape, if at most one of the sizes is unknown."""
    shape = [-1 if size is None else size for size in sizes]
    if shape.count(-1) <= 1 and tuple(sizes) != tensor.shape[1:]:
        yield _layer("Reshape", f"to {tuple(shape)}", target_shape=shape)


def _permuted(dims: list[int]) -> Adapter:
    return _layer("Permute", f"{tuple(dims)}", dims=dims)


def _dense(units: Size) -> Iterator[Adapter]:
    if units:
        yield _layer("Dense", f"{units} units", units=units)


def _places_and_channels(tensor: Tensor, target: Tensor) -> Iterator[Adapter]:
    """Yield what gives a series, an image or a volume the size and channels of another."""
    axes = len(tensor.shape) - 2
    here, there = tensor.shape[1:-1], target.shape[1:-1]
    channels = target.shape[-1]
    if axes == 1 and here == there:
        yield from _dense(channels)
    pairs = [(a, b) for a, b in zip(here, there, strict=True) if a and b]
    if len(pairs) < axes:
        yield from _convolution(axes, channels, [1] * axes)
        return
    down = [max(1, round(a / b)) for a, b in pairs]
    if all(-(-a // step) == b for (a, b), step in zip(pairs, down, strict=True)):
        yield from _convolution(axes, channels, down)
        if any(step > 1 for step in down):
            yield _window("MaxPooling", axes, down, "pool_size", padding="same")
    if all(b % a == 0 for a, b in pairs) and here != there:
        up = [b // a for a, b in pairs]
        if tensor.shape[-1] == channels:
            yield _window("UpSampling", axes, up, "size")
        else:
            yield from _transposed(axes, channels, up)
    yield from _resized(axes, pairs)


def _resized(axes: int, pairs: list[tuple[int, int]]) -> Iterator[Adapter]:
    """Yield what crops, pads or resamples sizes to others."""
    margins = [[abs(a - b) // 2, abs(a - b) - abs(a - b) // 2] for a, b in pairs]
    value: Value = margins[0] if axes == 1 else margins
    larger, smaller = all(a >= b for a, b in pairs), all(a <= b for a, b in pairs)
    to = _TIMES.join(str(b) for _, b in pairs)
    if larger and not smaller:
        yield _layer(f"Cropping{axes}D", f"to {to}", cropping=value)
    if smaller and not larger:
        yield _layer(f"ZeroPadding{axes}D", f"to {to}", padding=value)
    if axes == 2 and not (larger and smaller):
        yield _layer("Resizing", f"to {to}", height=pairs[0][1], width=pairs[1][1])


def _convolution(axes: int, channels: Size, steps: list[int]) -> Iterator[Adapter]:
    if channels and 1 <= axes <= 3:
        strides = _one_or_list(steps)
        words = [_TIMES.join("1" * max(axes, 2)), f"{channels} filters"]
        config: dict[str, Value] = {"filters": channels, "kernel_size": 1}
        if strides != 1:
            config |= {"strides": strides, "padding": "same"}
            words.append(
                f"stride {_TIMES.join(map(str, steps[: 1 if len(set(steps)) == 1 else 3]))}"
            )
        yield Adapter(
            f"keras.layers.Conv{axes}D", f"Conv{axes}D " + ", ".join(words), config=config
        )


def _transposed(axes: int, channels: Size, steps: list[int]) -> Iterator[Adapter]:
    if channels and 1 <= axes <= 3:
        size = _one_or_list(steps)
        config: Mapping[str, Value] = {"filters": channels, "kernel_size": size, "strides": size}
        yield _layer(f"Conv{axes}DTranspose", f"{channels} filters, stride {size}", **config)


def _window(name: str, axes: int, steps: list[int], argument: str, **more: Value) -> Adapter:
    size = _one_or_list(steps)
    return _layer(f"{name}{axes}D", str(size), **{argument: size, **more})


def _one_or_list(steps: list[int]) -> int | list[int]:
    return steps[0] if len(set(steps)) == 1 else steps


def _layer(name: str, said: str = "", **config: Value) -> Adapter:
    return Adapter(f"keras.layers.{name}", f"{name} {said}".strip(), config=config)
