"""Models of Keras under its own optimizers."""

import keras
import numpy as np
from keras import layers

CLASSES, LENGTH = 16, 8


def transformer(width):
    tokens = keras.Input((2 * LENGTH,), dtype="int32")
    x = layers.Embedding(CLASSES, width, embeddings_initializer=keras.initializers.RandomNormal(stddev=1.0),
                         name="table")(tokens)
    h = layers.LayerNormalization(name="norm")(x)
    x = x + layers.MultiHeadAttention(4, width // 4, dropout=0.1, name="attention")(h, h)
    h = layers.Dense(4 * width, activation="gelu", name="up")(x)
    x = x + layers.Dense(width, name="down")(h)
    return keras.Model(tokens, layers.Dense(CLASSES, name="head")(layers.LayerNormalization(name="last")(x)))


def batch():
    tokens = np.random.randint(0, CLASSES, (1, LENGTH)).repeat(2, axis=1)
    return tokens, np.roll(tokens, -1, 1)


def adam(width):
    """One rate for all; a loss of Keras' own."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return transformer(width), loss, batch(), keras.optimizers.AdamW(1e-3, weight_decay=0.1)


def compiled(width):
    """Convolutions, with what `compile` was told."""
    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(width, 3, name="first"), layers.ReLU(),
                              layers.DepthwiseConv2D(3, name="each"), layers.Conv2D(width, 1, name="mix"),
                              layers.GlobalAveragePooling2D(), layers.Dense(10, name="head")])
    model.compile(optimizer=keras.optimizers.SGD(0.1, momentum=0.9), loss="mse")
    return model, None, (np.random.randn(4, 8, 8, 3).astype("float32"), np.random.randn(4, 10).astype("float32"))


def perceptron(width, is_mup):
    """One rate of SGD is right for all weights of such a network under μP."""
    start = lambda size: keras.initializers.RandomNormal(stddev=size ** -0.5)
    dense = lambda size, into, name: layers.Dense(size, use_bias=False, kernel_initializer=start(into), name=name)
    x = keras.Input((16,))
    times = (width / 16) ** 0.5 if is_mup else 1.0
    h = layers.ReLU()(dense(width, width if is_mup else 16, "first")(x) * times)
    h = layers.ReLU()(dense(width, width / 2, "middle")(h))
    model = keras.Model(x, dense(1, width, "head")(h) / times)
    inputs = np.random.randn(64, 16).astype("float32")
    targets = np.sin(2 * inputs[:, :1] + inputs[:, 1:2] * inputs[:, 2:3])
    return model, keras.losses.MeanSquaredError(), (inputs, targets), keras.optimizers.SGD(0.02)


def multiplied(width, power=1):
    """Under μP by numbers that multiply what layers make, under one rate of Adam; the last is as width ** -power."""
    dense = lambda size, start, name: layers.Dense(
        size, use_bias=False, kernel_initializer=keras.initializers.RandomNormal(stddev=start), name=name)
    x = keras.Input((16,))
    h = layers.ReLU()(dense(width, 1.0, "first")(x) / 4)
    h = layers.ReLU()(dense(width, (2 * width) ** 0.5, "middle")(h) * (1 / width))
    model = keras.Model(x, 8 * width ** -power * dense(4, 1.0, "head")(h))
    inputs, targets = np.random.randn(8, 16).astype("float32"), np.random.randint(0, 4, (8,))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return model, loss, (inputs, targets), keras.optimizers.Adam(0.03)


def multiplied_by_half(width):
    return multiplied(width, 0.5)


def mup(width):
    return perceptron(width, True)


def standard(width):
    return perceptron(width, False)
