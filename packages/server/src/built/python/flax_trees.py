"""Models of Flax, of linen and of nnx, under an optimizer of optax."""

import contextlib
import sys

from .factory import Refusal, inputs_of, targets_of
from .multipliers import shapes_and_factors
from .programs import Program
from .trees import Leaf, Tree, Watch, given_to, loss_in, source_of

ADVANCING = ("ScaleByScheduleState", "InjectHyperparamsState", "InjectStatefulHyperparamsState")
MOST_WARM_UP = 100


def key_text(key):
    """One step of a path through a tree."""
    for name in ("key", "name", "idx"):
        if hasattr(key, name):
            return str(getattr(key, name))
    return str(key)


def paths_of(jax, tree):
    """The path of every leaf of a tree, without what only wraps it."""
    flat, _ = jax.tree_util.tree_flatten_with_path(tree)
    paths = [[key_text(key) for key in path] for path, _ in flat]
    return [path[:-1] if path[-1] in ("value", "raw_value") and len(path) > 1 else path for path in paths]


@contextlib.contextmanager
def patched(owner, name, value):
    original = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, original)


class FlaxTree(Tree):
    """What is common to both."""

    def __init__(self, jax, parts, model, params, holders):
        self.jax, self.numpy = jax, sys.modules["numpy"]
        self.model, self.name, self.source = model, type(model).__name__, source_of(model)
        self.loss, self.batch, self.tx = parts.loss, parts.batch, parts.optimizer
        self.tx = getattr(self.tx, "tx", self.tx)
        self.is_optimized = self.tx is not None
        jnp = jax.numpy
        dtypes = [str(leaf.dtype) for leaf in jax.tree_util.tree_leaves(params)]
        single = lambda leaf: leaf.astype(jnp.float32) if jnp.issubdtype(leaf.dtype, jnp.floating) else leaf
        self.params = jax.tree_util.tree_map(single, params)
        flat, self.structure = jax.tree_util.tree_flatten(self.params)
        self.leaves = []
        for path, leaf, dtype in zip(paths_of(jax, self.params), flat, dtypes):
            is_trained = bool(jnp.issubdtype(leaf.dtype, jnp.floating))
            self.leaves.append(Leaf(path, self.numpy.asarray(leaf), dtype, holders.get(tuple(path[:-1])), is_trained))
        self.state = self.tx.init(self.params) if self.is_optimized else None
        # As one program: operation by operation each shape is compiled by itself.
        self.update = Program(jax, self.tx.update) if self.is_optimized else None
        self.warmed = self.warm_up() if self.is_optimized else 0
        self.compiled = None

    def tree(self, flat):
        return self.jax.tree_util.tree_unflatten(self.structure, flat)

    def whole_gradients(self, gradients):
        zeros = self.jax.tree_util.tree_leaves(self.params)
        return self.tree([self.jax.numpy.zeros_like(zero) if one is None else self.jax.numpy.asarray(one)
                          for one, zero in zip(gradients, zeros)])

    def change_of(self, gradients):
        updates, _ = self.update(self.whole_gradients(gradients), self.state, self.tree([leaf.probed() for leaf in self.leaves]))
        return [self.numpy.asarray(one, dtype=self.numpy.float32) for one in self.jax.tree_util.tree_leaves(updates)]

    def warm_up(self):
        """Advances schedules that begin at a rate of 0 until something moves; how many steps that takes."""
        ones = [self.numpy.ones(leaf.shape, self.numpy.float32) for leaf in self.leaves]
        first = self.state
        for steps in range(MOST_WARM_UP):
            if all(change.any() for change, leaf in zip(self.change_of(ones), self.leaves) if leaf.is_trained):
                return steps
            moved = self.advanced(self.state)
            if moved is None:
                return 0
            self.state = moved
        self.state = first
        return 0

    def advanced(self, state):
        """The state with every schedule one step further; None where there is none."""
        is_schedule = lambda one: type(one).__name__ in ADVANCING
        found = [one for one in self.jax.tree_util.tree_leaves(state, is_leaf=is_schedule) if is_schedule(one)]
        further = lambda one: one._replace(count=one.count + 1) if is_schedule(one) else one
        return self.jax.tree_util.tree_map(further, state, is_leaf=is_schedule) if found else None

    def settings(self):
        """optax says what it is in the names of its states, and its rates where hyperparameters are injected."""
        jax = self.jax
        named = [type(one).__name__ for one in nodes_of(self.state)]
        kinds = list(dict.fromkeys(one[len("ScaleBy"):-len("State")] for one in named
                                   if one.startswith("ScaleBy") and one.endswith("State") and one not in ADVANCING))
        kinds += ["Muon"] if "MuonState" in named else []
        injected = [one.hyperparams for one in nodes_of(self.state) if hasattr(one, "hyperparams")]
        only = lambda name: next(iter([float(one[name]) for one in injected if name in one]), None) \
            if len(injected) == 1 else None
        betas = [only("b1"), only("b2")]
        return {"label": "optax" + (" (%s)" % ", ".join(kinds) if kinds else ""),
                "rates": [float(one["learning_rate"]) for one in injected if "learning_rate" in one],
                "weightDecay": only("weight_decay"), "betas": betas if None not in betas else None,
                "epsilon": only("eps"), "momentum": only("momentum")}

    def output_of(self, params, inputs, watch):
        raise NotImplementedError

    def evaluated(self):
        """A function of (parameters, offsets, inputs, targets) with all gradients."""
        jax, mean = self.jax, self.jax.numpy.mean

        def loss(params, offsets, inputs, targets):
            watch = Watch(offsets)
            output = self.output_of(params, inputs, watch)
            value = loss_in(self, output, targets, mean)
            return value, (watch.made, watch.given)

        return Program(jax, jax.value_and_grad(loss, argnums=(0, 1), has_aux=True))

    def watched(self):
        """What layers make, without their numbers: shapes, classes, and what each is used times."""
        watch, jax = Watch(), self.jax

        def run(params, inputs):
            self.output_of(params, inputs, watch)
            return watch.made

        return (watch, *shapes_and_factors(jax, run, self.params, inputs_of(self.batch)))

    def forward(self):
        if self.compiled is None:
            self.watch, self.shapes, self.factors = self.watched()
            self.compiled = self.evaluated()
        jnp, numpy = self.jax.numpy, self.numpy
        offsets = {key: jnp.zeros(shape.shape, shape.dtype) for key, shape in self.shapes.items()}
        (loss, (made, given)), (gradients, arriving) = self.compiled(
            self.params, offsets, inputs_of(self.batch), targets_of(self.batch))
        # What is compiled returns them by name, and not in the order of the forward pass.
        in_numpy = lambda values: {key: numpy.asarray(values[key]) for key in self.watch.made if key in values}
        return float(loss), self.jax.tree_util.tree_leaves(gradients), in_numpy(made), in_numpy(given), in_numpy(arriving)

    def advance(self, gradients, factor):
        updates, self.state = self.update(self.tree(gradients), self.state, self.params)
        self.params = self.jax.tree_util.tree_map(
            lambda one, change: one + (factor * change).astype(one.dtype), self.params, updates)

    def current(self):
        return [self.numpy.asarray(one) for one in self.jax.tree_util.tree_leaves(self.params)]

    def of_softmax(self, watch):
        """Attention's logits are seen on their way to a softmax."""
        nn = self.jax.nn
        original = nn.softmax

        def softmax(values, *arguments, **named):
            watch.logits(values)
            return original(values, *arguments, **named)

        return patched(nn, "softmax", softmax)


class LinenTree(FlaxTree):
    """A module of linen with its variables: those beside it, those it is bound to, those of a train state, or its own from
    a first batch."""

    def __init__(self, jax, parts, seed):
        model, variables = parts.model, parts.variables
        self.apply = None
        if hasattr(model, "apply_fn"):
            # A train state.
            variables = {"params": model.params}
            parts.optimizer = parts.optimizer or model.tx
            self.apply, model = model.apply_fn, getattr(model.apply_fn, "__self__", model)
        elif variables is None and getattr(model, "scope", None) is not None:
            model, variables = model.unbind()
        if variables is None:
            if parts.batch is None:
                raise Refusal("its linen module has no parameters before a batch was seen: "
                              "return (module, loss_fn, (inputs, targets), optimizer) or (module, variables)")
            keys = dict(zip(("params", "dropout"), jax.random.split(jax.random.PRNGKey(seed))))
            begun = lambda keys, given: given_to(lambda *one, **named: model.init(keys, *one, **named), given)
            variables = Program(jax, begun)(keys, inputs_of(parts.batch))
        variables = dict(variables) if "params" in variables else {"params": variables}
        self.model, self.holders, self.key = model, {}, jax.random.PRNGKey(seed)
        self.others = {key: value for key, value in variables.items() if key != "params"}
        self.apply = self.apply or model.apply
        holders = {}
        if parts.batch is not None:
            jax.eval_shape(lambda params: self.output(params, inputs_of(parts.batch), Watch(), holders), variables["params"])
        super().__init__(jax, parts, model, variables["params"], holders)

    def output(self, params, inputs, watch, holders=None):
        import flax.linen

        def interceptor(forward, arguments, named, context):
            module = context.module
            path = tuple(str(one) for one in module.path)
            if holders is not None:
                holders.setdefault(path, module)
            run = lambda: forward(*arguments, **named)
            if context.method_name != "__call__":
                return run()
            return watch.call(".".join(path), module, arguments, run, lambda one: one.variables.get("params"))

        run = lambda *one, **named: self.apply(
            {"params": params, **self.others}, *one, rngs={"dropout": self.key}, mutable=list(self.others) or False, **named)
        with flax.linen.intercept_methods(interceptor):
            output = given_to(run, inputs)
        return output[0] if self.others else output

    def output_of(self, params, inputs, watch):
        with self.of_softmax(watch):
            return self.output(params, inputs, watch)


class NnxTree(FlaxTree):
    """A module of nnx, which holds its parameters."""

    def __init__(self, jax, parts):
        import flax.nnx

        self.nnx = flax.nnx
        self.graph, params, self.rest = flax.nnx.split(parts.model, flax.nnx.Param, ...)
        holders = {tuple(str(one) for one in path): module for path, module in modules_of(flax.nnx, parts.model)}
        super().__init__(jax, parts, parts.model, params, holders)

    def output_of(self, params, inputs, watch):
        model = self.nnx.merge(self.graph, params, self.rest)
        paths = {id(module): ".".join(str(one) for one in path) for path, module in modules_of(self.nnx, model)}
        classes = {cls for _, module in modules_of(self.nnx, model) for cls in type(module).__mro__
                   if "__call__" in vars(cls) and issubclass(cls, self.nnx.Module)}
        with contextlib.ExitStack() as stack:
            for cls in classes:
                stack.enter_context(patched(cls, "__call__", self.watching(cls.__call__, watch, paths)))
            stack.enter_context(self.of_softmax(watch))
            return given_to(model, inputs)

    def holds(self, module):
        return self.jax.tree_util.tree_leaves(self.nnx.state(module, self.nnx.Param))

    def watching(self, original, watch, paths):
        def call(module, *arguments, **named):
            run = lambda: original(module, *arguments, **named)
            path = paths.get(id(module))
            # A class that calls its base's is one place.
            if path is None or (watch.stack and watch.stack[-1] == path):
                return run()
            return watch.call(path, module, arguments, run, self.holds)

        return call


def modules_of(nnx, model):
    """Every module with its path."""
    return [(path, one) for path, one in nnx.iter_graph(model) if isinstance(one, nnx.Module)]


def nodes_of(state):
    """The named tuples of a state of optax, whatever holds them."""
    found, waiting = [], [state]
    while waiting:
        one = waiting.pop(0)
        if hasattr(one, "_fields"):
            found.append(one)
            waiting += list(one)
        elif isinstance(one, dict):
            waiting += list(one.values())
        elif isinstance(one, (tuple, list)):
            waiting += list(one)
    return found


def flax_tree(parts, seed):
    """The tree of a model of Flax."""
    import jax

    is_nnx = any(base.__module__.startswith("flax.nnx") for base in type(parts.model).__mro__)
    return NnxTree(jax, parts) if is_nnx else LinenTree(jax, parts, seed)
