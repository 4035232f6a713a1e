"""Models of Keras on any of its backends, under an optimizer of Keras."""

import contextlib
import sys

from .factory import Refusal, inputs_of, targets_of
from .flax_trees import patched
from .multipliers import factors_of_tensorflow, factors_of_torch, shapes_and_factors
from .programs import Program
from .trees import Leaf, Tree, Watch, loss_in, source_of


class KerasTree(Tree):
    """A model of Keras, whose variables are the leaves."""

    def __init__(self, parts):
        keras, self.numpy = sys.modules["keras"], sys.modules["numpy"]
        self.keras, self.model, self.batch = keras, parts.model, parts.batch
        self.name, self.source = type(self.model).__name__, source_of(self.model)
        self.optimizer = parts.optimizer or getattr(self.model, "optimizer", None)
        self.loss = self.loss_of(parts.loss)
        if not self.model.built:
            if self.batch is None:
                raise Refusal("its model has no sizes before a batch was seen: return (model, None, (inputs, None), optimizer)")
            self.model(inputs_of(self.batch))
        self.variables = list(self.model.trainable_variables)
        holders = {id(variable): layer for layer in self.model._flatten_layers() for variable in layer._trainable_variables}
        self.leaves = [Leaf(one.path.split("/"), self.in_numpy(one), str(one.dtype), holders.get(id(one)))
                       for one in self.variables]
        self.is_optimized, self.warmed = self.optimizer is not None, 0
        if self.is_optimized and not self.optimizer.built:
            self.optimizer.build(self.variables)
        self.paths = {id(layer): "" if layer is self.model else (layer.path or layer.name).replace("/", ".")
                      for layer in self.model._flatten_layers()}
        self.compiled = self.watch = None

    def loss_of(self, given):
        """A loss of Keras' own takes the targets first."""
        if given is None:
            given = getattr(self.model, "loss", None)
            if given is None:
                return None
            given = self.keras.losses.get(given)
            return lambda output, targets: given(targets, output)
        return (lambda output, targets: given(targets, output)) if isinstance(given, self.keras.losses.Loss) else given

    def in_numpy(self, value):
        return self.numpy.array(self.keras.ops.convert_to_numpy(value), dtype=self.numpy.float32)

    def current(self):
        return [self.in_numpy(one) for one in self.variables]

    def change_of(self, gradients):
        kept, probed = self.current(), [leaf.probed() for leaf in self.leaves]
        states = [(one, self.keras.ops.convert_to_numpy(one)) for one in self.optimizer.variables]
        try:
            for variable, value in zip(self.variables, probed):
                variable.assign(value)
            self.optimizer.apply([self.keras.ops.convert_to_tensor(one) for one in gradients], self.variables)
            return [now - before for now, before in zip(self.current(), probed)]
        finally:
            for variable, value in [*zip(self.variables, kept), *states]:
                variable.assign(value)

    def settings(self):
        optimizer = self.optimizer
        said = optimizer.get_config()
        number = lambda name: float(said[name]) if isinstance(said.get(name), (int, float)) else None
        betas = [number("beta_1"), number("beta_2")]
        rate = float(self.in_numpy(optimizer.learning_rate))
        return {"label": type(optimizer).__name__, "rates": [rate], "weightDecay": number("weight_decay"),
                "betas": betas if None not in betas else None, "epsilon": number("epsilon"), "momentum": number("momentum")}

    @contextlib.contextmanager
    def watching(self, watch):
        """Layers are watched; attention is computed so that its logits are seen."""
        layers, paths = self.keras.layers, self.paths
        original, attending = layers.Layer.__call__, layers.MultiHeadAttention._compute_attention

        def call(layer, *arguments, **named):
            path = paths.get(id(layer))
            if type(layer).__name__ == "Softmax" and watch.stack and watch.stack[-1]:
                watch.logits(arguments[0])
                return original(layer, *arguments, **named)
            run = lambda: original(layer, *arguments, **named)
            return run() if path is None else watch.call(path, layer, arguments, run, lambda one: one.trainable_variables)

        def attention(layer, query, key, value, *arguments, **named):
            if "return_attention_scores" in named:
                named["return_attention_scores"] = True
            return attending(layer, query, key, value, *arguments, **named)

        with patched(layers.Layer, "__call__", call), patched(layers.MultiHeadAttention, "_compute_attention", attention):
            yield

    def forward(self):
        of_backend = {"jax": self.forward_of_jax, "tensorflow": self.forward_of_tensorflow, "torch": self.forward_of_torch}
        backend = self.keras.backend.backend()
        if backend not in of_backend:
            raise Refusal("it runs on Keras' backend %s, which takes no gradients" % backend)
        return of_backend[backend]()

    def loss_and_made(self, watch):
        with self.watching(watch):
            output = self.model(inputs_of(self.batch), training=True)
        return loss_in(self, output, targets_of(self.batch), self.keras.ops.mean)

    def told(self, loss, gradients, watch, arriving):
        named = lambda values: {key: self.in_numpy(one) for key, one in values.items()}
        return float(self.keras.ops.convert_to_numpy(loss)), gradients, named(watch.made), named(watch.given), \
            named({key: one for key, one in zip(watch.made, arriving) if one is not None})

    def forward_of_tensorflow(self):
        import tensorflow

        if self.watch is None:
            self.factors = self.factors_in_graph(tensorflow)
        self.watch = watch = Watch()
        variables = [one.value for one in self.variables]
        with tensorflow.GradientTape() as tape:
            loss = self.loss_and_made(watch)
        gradients = tape.gradient(loss, variables + list(watch.made.values()), unconnected_gradients="zero")
        return self.told(loss, gradients[:len(variables)], watch, gradients[len(variables):])

    def factors_in_graph(self, tensorflow):
        def made():
            watch = Watch()
            self.loss_and_made(watch)
            return watch.made

        try:
            return factors_of_tensorflow(tensorflow, made)
        except Exception:
            # What runs operation by operation alone has no graph.
            return None

    def forward_of_torch(self):
        import torch

        self.watch = watch = Watch()
        variables = [one.value for one in self.variables]
        loss = self.loss_and_made(watch)
        self.factors = self.factors or factors_of_torch(loss, watch.made)
        made = [one for one in watch.made.values() if one.requires_grad]
        gradients = torch.autograd.grad(loss, variables + made, allow_unused=True)
        of_weights = [torch.zeros_like(one) if gradient is None else gradient
                      for one, gradient in zip(variables, gradients)]
        watch.made = {key: one for key, one in watch.made.items() if one.requires_grad}
        return self.told(loss, of_weights, watch, gradients[len(variables):])

    def forward_of_jax(self):
        import jax

        others = list(self.model.non_trainable_variables)
        if self.compiled is None:
            def loss(values, offsets, held, inputs, targets):
                watch = self.watch = Watch(offsets)
                with self.watching(watch):
                    output, _ = self.model.stateless_call(values, held, inputs, training=True)
                return loss_in(self, output, targets, jax.numpy.mean), (watch.made, watch.given)

            made_of = lambda *given: loss(given[0], None, *given[1:])[1][0]
            shapes, self.factors = shapes_and_factors(jax, made_of, *self.given(others))
            self.offsets = {key: jax.numpy.zeros(one.shape, one.dtype) for key, one in shapes.items()}
            self.compiled = Program(jax, jax.value_and_grad(loss, argnums=(0, 1), has_aux=True))
        values, held, inputs, targets = self.given(others)
        (loss, (made, given)), (gradients, arriving) = self.compiled(values, self.offsets, held, inputs, targets)
        watch = Watch()
        # What is compiled returns them by name, and not in the order of the forward pass.
        watch.made, watch.given = {key: made[key] for key in self.watch.made}, given
        arriving = {key: arriving.get(key) for key in watch.made}
        return self.told(loss, gradients, watch, list(arriving.values()))

    def given(self, others):
        return ([one.value for one in self.variables], [one.value for one in others],
                inputs_of(self.batch), targets_of(self.batch))

    def advance(self, gradients, factor):
        before = self.current() if factor != 1 else None
        self.optimizer.apply(list(gradients), self.variables)
        if factor != 1:
            for variable, start, now in zip(self.variables, before, self.current()):
                variable.assign(start + factor * (now - start))
