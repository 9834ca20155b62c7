"""Examples on images: handwritten digits, and photographs."""

from typing import Any

import keras
from keras import layers, ops

from examples.drawing import adam, classes, drawn, shipped, yes_or_no
from examples.sequences import encoder_block
from graphstudio.diagram.diagram import HeadNode
from graphstudio.diagram.project import Project, Training


def lenet() -> Project:
    """Return LeNet-5 on digits that are brought to the size that it was made for."""
    image = keras.Input((8, 8, 1), name="image")
    x = layers.Resizing(32, 32, name="enlarged")(image)
    x = layers.Conv2D(6, 5, activation="tanh", name="c1")(x)
    x = layers.AveragePooling2D(2, name="s2")(x)
    x = layers.Conv2D(16, 5, activation="tanh", name="c3")(x)
    x = layers.AveragePooling2D(2, name="s4")(x)
    x = layers.Flatten(name="flat")(x)
    x = layers.Dense(120, activation="tanh", name="c5")(x)
    x = layers.Dense(84, activation="tanh", name="f6")(x)
    scores = layers.Dense(10, activation="softmax", name="scores")(x)
    return Project(
        diagram=drawn(keras.Model(image, {"digit": scores}, name="lenet"), classes("digit")),
        data=shipped("digits"),
        training=Training(optimizer=adam(0.002), epochs=6),
    )


def resnet() -> Project:
    """Return a small residual network with three blocks."""
    image = keras.Input((8, 8, 1), name="image")
    x = layers.Conv2D(16, 3, padding="same", use_bias=False, name="stem")(image)
    x = layers.BatchNormalization(momentum=0.9, name="stem_norm")(x)
    x = layers.ReLU(name="stem_relu")(x)
    x = _residual_block("block_1", (8, 8, 16), filters=16, strides=1)(x)
    x = _residual_block("block_2", (8, 8, 16), filters=32, strides=2)(x)
    x = _residual_block("block_3", (4, 4, 32), filters=64, strides=2)(x)
    x = layers.GlobalAveragePooling2D(name="pooled")(x)
    scores = layers.Dense(10, activation="softmax", name="scores")(x)
    return Project(
        diagram=drawn(keras.Model(image, {"digit": scores}, name="resnet"), classes("digit")),
        data=shipped("digits"),
        training=Training(optimizer=adam(0.003), epochs=10, batch_size=64),
    )


def _residual_block(name: str, shape: tuple[int, int, int], filters: int, strides: int) -> Any:
    """Return a block as a model of its own, so that the network stays small enough to read."""
    image = keras.Input(shape, name="image")
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, strides=strides, name="conv_1", **same)(image)
    x = layers.BatchNormalization(momentum=0.9, name="norm_1")(x)
    x = layers.ReLU(name="relu_1")(x)
    x = layers.Conv2D(filters, 3, name="conv_2", **same)(x)
    x = layers.BatchNormalization(momentum=0.9, name="norm_2")(x)
    shortcut = image
    if strides > 1:
        shortcut = layers.Conv2D(filters, 1, strides=strides, name="shortcut")(image)
    x = layers.Add(name="add")([x, shortcut])
    return keras.Model(image, layers.ReLU(name="relu_2")(x), name=name)


def unet() -> Project:
    """Return a U-Net of three levels that finds the ink in a noisy mosaic of digits."""
    noisy = keras.Input((16, 16, 1), name="noisy")
    x = layers.Rescaling(1 / 255, name="unit_scale")(noisy)
    fine = _two_convolutions(x, "fine", 8)
    x = layers.MaxPooling2D(2, name="down_1")(fine)
    middle = _two_convolutions(x, "middle", 16)
    x = layers.MaxPooling2D(2, name="down_2")(middle)
    x = _two_convolutions(x, "coarse", 32)
    x = layers.Conv2DTranspose(16, 2, strides=2, name="up_2")(x)
    x = layers.Concatenate(name="skip_2")([middle, x])
    x = _two_convolutions(x, "middle_again", 16)
    x = layers.Conv2DTranspose(8, 2, strides=2, name="up_1")(x)
    x = layers.Concatenate(name="skip_1")([fine, x])
    x = _two_convolutions(x, "fine_again", 8)
    ink = layers.Conv2D(1, 1, activation="sigmoid", name="mask")(x)
    return Project(
        diagram=drawn(keras.Model(noisy, {"ink": ink}, name="unet"), yes_or_no("ink")),
        data=shipped("digit_mosaics"),
        training=Training(optimizer=adam(0.005), epochs=15, batch_size=16),
    )


def _two_convolutions(x: Any, name: str, filters: int) -> Any:
    for number in (1, 2):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu", name=f"{name}_{number}")(x)
    return x


def vision_transformer() -> Project:
    """Return a small vision transformer: patches of 2 x 2 pixels, and two blocks."""
    image = keras.Input((8, 8, 1), name="image")
    patches = ops.image.extract_patches(image, size=2)
    x = layers.Reshape((16, 4), name="rows_of_patches")(patches)
    # A bias of its own for every patch is what tells where the patch lies.
    x = layers.EinsumDense("bpc,cd->bpd", (16, 32), bias_axes="pd", name="placed_patches")(x)
    for name in ("block_1", "block_2"):
        rows = keras.Input((16, 32), name="rows")
        x = keras.Model(rows, encoder_block(rows, width=32), name=name)(x)
    x = layers.LayerNormalization(name="norm")(x)
    x = layers.GlobalAveragePooling1D(name="pooled")(x)
    scores = layers.Dense(10, activation="softmax", name="scores")(x)
    model = keras.Model(image, {"digit": scores}, name="vision_transformer")
    return Project(
        diagram=drawn(model, classes("digit"), names={"extract_patches": "patches"}),
        data=shipped("digits"),
        training=Training(optimizer=adam(0.002), epochs=15, batch_size=64),
    )


def autoencoder() -> Project:
    """Return an autoencoder of two nested models: digits in eight numbers, and back."""
    image = keras.Input((8, 8, 1), name="image")
    again = _decoder()(_encoder()(image))
    model = keras.Model(image, {"image_again": again}, name="autoencoder")
    head = HeadNode(
        name="image_again",
        loss="binary_crossentropy",
        metrics=("mean_absolute_error",),
        column="image",
    )
    return Project(
        diagram=drawn(model, head),
        data=shipped("digits"),
        training=Training(optimizer=adam(0.003), epochs=15),
    )


def _encoder() -> Any:
    image = keras.Input((8, 8, 1), name="pixels")
    x = layers.Flatten(name="flat")(image)
    x = layers.Dense(48, activation="relu", name="summary")(x)
    return keras.Model(image, layers.Dense(8, name="to_code")(x), name="encoder")


def _decoder() -> Any:
    code = keras.Input((8,), name="code")
    x = layers.Dense(48, activation="relu", name="from_code")(code)
    x = layers.Dense(64, activation="sigmoid", name="brightness")(x)
    return keras.Model(code, layers.Reshape((8, 8, 1), name="as_image")(x), name="decoder")


def inception() -> Project:
    """Return an Inception block between an image of any size and a head that can be trained."""
    image = keras.Input((None, None, 3), name="image")
    merged = _inception_block(image)
    pooled = layers.GlobalAveragePooling2D(name="pooled")(merged)
    score = layers.Dense(1, activation="sigmoid", name="score")(pooled)
    model = keras.Model(image, {"flower": score}, name="inception")
    return Project(
        diagram=drawn(model, yes_or_no("flower")),
        data=shipped("photographs"),
        training=Training(optimizer=adam(0.0002), epochs=6),
    )


def _inception_block(x: Any) -> Any:
    """Return four branches side by side, each of which halves the image, joined by channels."""
    relu = {"padding": "same", "activation": "relu"}
    a = layers.Conv2D(128, 1, strides=2, name="a_conv_1x1", **relu)(x)
    b = layers.Conv2D(128, 1, name="b_conv_1x1", **relu)(x)
    b = layers.Conv2D(128, 3, strides=2, name="b_conv_3x3", **relu)(b)
    c = layers.AveragePooling2D(3, strides=2, padding="same", name="c_pool")(x)
    c = layers.Conv2D(128, 3, name="c_conv_3x3", **relu)(c)
    d = layers.Conv2D(128, 1, name="d_conv_1x1", **relu)(x)
    d = layers.Conv2D(128, 3, name="d_conv_3x3", **relu)(d)
    d = layers.Conv2D(128, 3, strides=2, name="d_conv_3x3_half", **relu)(d)
    return layers.Concatenate(name="branches")([a, b, c, d])


def residual() -> Project:
    """Return both residual blocks: the identity form, then the one with a projection."""
    image = keras.Input((8, 8, 1), name="image")
    same = {"padding": "same", "activation": "relu"}
    x = layers.Conv2D(128, 3, name="stem", **same)(image)
    y = layers.Conv2D(128, 3, name="identity_conv_1", **same)(x)
    y = layers.Conv2D(128, 3, name="identity_conv_2", **same)(y)
    x = layers.Add(name="identity_add")([y, x])
    y = layers.Conv2D(128, 3, name="halved_conv_1", **same)(x)
    y = layers.Conv2D(128, 3, name="halved_conv_2", **same)(y)
    y = layers.MaxPooling2D(2, strides=2, padding="same", name="halved_pool")(y)
    projection = layers.Conv2D(128, 1, strides=2, padding="same", name="projection")(x)
    x = layers.Add(name="halved_add")([y, projection])
    x = layers.GlobalAveragePooling2D(name="pooled")(x)
    scores = layers.Dense(10, activation="softmax", name="scores")(x)
    return Project(
        diagram=drawn(keras.Model(image, {"digit": scores}, name="residual"), classes("digit")),
        data=shipped("digits"),
        training=Training(optimizer=adam(0.001), epochs=3, batch_size=64),
    )
