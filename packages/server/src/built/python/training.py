"""A model of a factory, made ready to be trained on one batch, and its steps."""

from .factory import Built, Refusal, inputs_of, materialize, seeded, targets_of
from .optimizing import warm_up
from .recorder import tensor_in, without_dropout


def same_kind(torch, one, other):
    """Whether two batches have the same shapes, so that all widths can see the same one."""
    if isinstance(one, torch.Tensor):
        return isinstance(other, torch.Tensor) and one.shape == other.shape and one.dtype == other.dtype
    if isinstance(one, dict):
        return isinstance(other, dict) and one.keys() == other.keys() and all(
            same_kind(torch, one[key], other[key]) for key in one)
    if isinstance(one, (tuple, list)):
        return isinstance(other, (tuple, list)) and len(one) == len(other) and all(
            same_kind(torch, *pair) for pair in zip(one, other))
    return one is None and other is None or type(one) is type(other)


def device_of(built):
    """Where all parameters are; None where that is no one place."""
    devices = {parameter.device for parameter, _, _, _ in built.parameters()}
    return devices.pop() if len(devices) == 1 else None


def as_model(torch, value, device):
    """A batch in the precision of the model, which is single here, and where the model is."""
    if isinstance(value, torch.Tensor):
        value = value if device is None else value.to(device)
        return value.float() if value.is_floating_point() else value
    if isinstance(value, dict):
        return {key: as_model(torch, one, device) for key, one in value.items()}
    if type(value) in (tuple, list):
        return type(value)(as_model(torch, one, device) for one in value)
    return value


class Batches:
    """The batch of each seed: every width and every run sees the one that was given first, where the shapes are the same."""

    def __init__(self, torch):
        self.torch, self.of_seed = torch, {}

    def training(self, factory, width, seed):
        """What is built at a width, from the beginning."""
        torch = self.torch
        seeded(torch, seed)
        built = Built(torch, factory(width))
        materialize(torch, built)
        if built.batch is None:
            raise Refusal("it returns no batch: return (model, loss_fn, (inputs, targets), optimizer)")
        batch = self.of_seed.setdefault(seed, built.batch)
        batch = as_model(torch, batch if same_kind(torch, batch, built.batch) else built.batch, device_of(built))
        return Training(torch, built, batch)


class Training:
    """One model in single precision, without dropout, with a schedule past a rate of 0."""

    def __init__(self, torch, built, batch):
        self.torch, self.built, self.batch = torch, built, batch
        self.cast = sorted({str(parameter.dtype).replace("torch.", "") for parameter, _, _, _ in built.parameters()
                            if parameter.is_floating_point()} - {"float32"})
        built.model.float()
        built.model.train()
        self.had_dropout = without_dropout(built.model)
        warm_up(built)

    def shapes(self):
        return [tuple(parameter.shape) for parameter, _, _, _ in self.built.parameters()]

    def output(self):
        return self.built.outputs(inputs_of(self.batch))

    def loss_of(self, output):
        if self.built.loss is not None:
            loss = self.built.loss(output, targets_of(self.batch))
            if not isinstance(loss, self.torch.Tensor) or loss.numel() != 1:
                raise Refusal("its loss_fn returns no tensor of one number")
            return loss
        features = tensor_in(self.torch, output)
        if features is None:
            raise Refusal("its model returns no tensor that depends on a parameter")
        return features.to(self.torch.float32).pow(2).mean()

    def advance(self, loss):
        for parameter, _, _, _ in self.built.parameters():
            parameter.grad = None
        if not loss.requires_grad:
            raise Refusal("its loss depends on no parameter that is trained")
        loss.backward()
        for optimizer in self.built.optimizers:
            try:
                optimizer.step()
            except TypeError as error:
                if "closure" in str(error):
                    raise Refusal("its optimizer's step() wants a closure") from error
                raise
