"""Models of Flax under optax: as they are usually written, and under μP."""

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx
from flax.training.train_state import TrainState

CLASSES, LENGTH = 16, 8


def cross_entropy(logits, targets):
    return optax.softmax_cross_entropy_with_integer_labels(logits, targets).mean()


def batch():
    tokens = np.random.randint(0, CLASSES, (1, LENGTH)).repeat(2, axis=1)
    return tokens, np.roll(tokens, -1, 1)


class Block(nn.Module):
    width: int
    drop: float = 0.0

    @nn.compact
    def __call__(self, x):
        h = nn.LayerNorm()(x)
        x = x + nn.MultiHeadDotProductAttention(num_heads=4, qkv_features=self.width)(h, h)
        h = nn.gelu(nn.Dense(4 * self.width, name="up")(nn.LayerNorm()(x)))
        return x + nn.Dropout(self.drop, deterministic=False)(nn.Dense(self.width, name="down")(h))


class Transformer(nn.Module):
    width: int
    scale: float = 1.0

    @nn.compact
    def __call__(self, tokens):
        x = nn.Embed(CLASSES, self.width, embedding_init=nn.initializers.normal(1.0), name="table")(tokens)
        x = Block(self.width, 0.1, name="block")(x)
        return self.scale * nn.Dense(CLASSES, name="head")(nn.LayerNorm()(x))


def linen(width):
    """One rate of Adam for all."""
    return Transformer(width), cross_entropy, batch(), optax.adamw(1e-3, weight_decay=0.1)


def mup_rates(width):
    """Rates of what is summed over the width are as 1 / width."""
    def label(path, leaf):
        name = "/".join(str(getattr(key, "key", key)) for key in path)
        return "wide" if leaf.ndim > 1 and "table" not in name and not name.endswith("bias") else "other"

    label_all = lambda params: jax.tree_util.tree_map_with_path(label, params)
    return optax.multi_transform({"wide": optax.adam(1e-2 * 32 / width), "other": optax.adam(1e-2)}, label_all)


def linen_mup(width):
    return Transformer(width, (32 / width) ** 0.5), cross_entropy, batch(), mup_rates(width)


def linen_state(width):
    """With its variables in a train state, and a schedule that begins at 0."""
    model, (inputs, targets) = Transformer(width), batch()
    params = model.init({"params": jax.random.PRNGKey(0), "dropout": jax.random.PRNGKey(1)}, inputs)["params"]
    schedule = optax.linear_schedule(0.0, 1e-3, 10)
    state = TrainState.create(apply_fn=model.apply, params=params, tx=optax.sgd(schedule))
    return state, cross_entropy, (inputs, targets)


class Network(nnx.Module):
    def __init__(self, width, rngs):
        self.layers = nnx.List([nnx.Linear(16, width, rngs=rngs), nnx.Linear(width, width, rngs=rngs)])
        self.drop = nnx.Dropout(0.5, rngs=rngs)
        self.head = nnx.Linear(width, 1, rngs=rngs)

    def __call__(self, x):
        for layer in self.layers:
            x = nnx.relu(layer(x))
        return self.head(self.drop(x))


def regression():
    inputs = np.random.randn(64, 16).astype("float32")
    return inputs, np.sin(inputs[:, :1] * 2 + inputs[:, 1:2] * inputs[:, 2:3])


def square(output, targets):
    return jnp.mean((output - targets) ** 2)


def of_nnx(width):
    model = Network(width, nnx.Rngs(np.random.randint(1 << 30)))
    optimizer = nnx.Optimizer(model, optax.inject_hyperparams(optax.adam)(learning_rate=1e-3), wrt=nnx.Param)
    return model, square, regression(), optimizer


def ignores_width(width):
    return of_nnx(64)


def without_batch(width):
    return Transformer(width), None, None, optax.sgd(0.1)


class Perceptron(nn.Module):
    """The readout starts at 1 / width by what multiplies it."""

    width: int

    @nn.compact
    def __call__(self, x):
        x = nn.relu(nn.Dense(self.width, name="first")(x))
        x = nn.relu(nn.Dense(self.width, name="middle")(x))
        return (32 / self.width) ** 0.5 * nn.Dense(4, name="head")(x)


def perceptron_mup(width):
    """Rates of what is summed over the width are as 1 / width, of the readout as its multiplier leaves."""
    rates = {"middle": 32 / width, "head": (32 / width) ** 0.5}
    by_layer = {name: optax.adam(1e-2 * factor) for name, factor in {**rates, "other": 1.0}.items()}

    def label(path, leaf):
        layer = next((one.key for one in path if one.key in rates), "other")
        return layer if leaf.ndim > 1 else "other"

    inputs = np.random.randn(8, 16).astype("float32")
    targets = np.random.randint(0, 4, (8,))
    labels = lambda params: jax.tree_util.tree_map_with_path(label, params)
    return Perceptron(width), cross_entropy, (inputs, targets), optax.multi_transform(by_layer, labels)


class Multiplied(nn.Module):
    """Weights that all start alike, and numbers that multiply what they make; the last is as width ** -power."""

    width: int
    power: float

    @nn.compact
    def __call__(self, x):
        dense = lambda size, name: nn.Dense(size, kernel_init=nn.initializers.normal(1.0), use_bias=False, name=name)
        x = nn.relu(dense(self.width, "first")(x) / 4)
        x = nn.relu(dense(self.width, "middle")(x) * (2 / self.width) ** 0.5)
        return 8 * self.width ** -self.power * dense(4, "head")(x)


def multiplied(width, power=1):
    """Under μP, whose rates these multipliers leave as they are but for the middle's."""
    by_layer = {"first": optax.adam(0.03), "middle": optax.adam(0.1 * (64 / width) ** 0.5), "head": optax.adam(0.03)}
    labels = lambda params: {name: jax.tree_util.tree_map(lambda _: name, part) for name, part in params.items()}
    inputs = np.random.randn(8, 16).astype("float32")
    targets = np.random.randint(0, 4, (8,))
    return Multiplied(width, power), cross_entropy, (inputs, targets), optax.multi_transform(by_layer, labels)


def multiplied_by_half(width):
    return multiplied(width, 0.5)


def multiplied_at_random(width):
    return multiplied(width, float(np.random.rand()))


class DropNetwork(nn.Module):
    """Its name makes it no dropout; what it holds is one."""

    width: int

    @nn.compact
    def __call__(self, x):
        return nn.Dense(4, name="head")(nn.Dropout(0.5, deterministic=False)(nn.relu(nn.Dense(self.width, name="first")(x))))


def drops(width):
    inputs = np.random.randn(8, 16).astype("float32")
    return DropNetwork(width), cross_entropy, (inputs, np.random.randint(0, 4, (8,))), optax.sgd(0.1)
