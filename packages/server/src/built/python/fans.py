"""How a parameter is read as a map, and how large it is as one."""


# Modules whose weight is not out × in.
LOOKUPS = ("Embedding", "EmbeddingBag")
TRANSPOSED = ("Conv1D", "ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d")
# Modules whose weights are used as their names say, also under a class of another library.
ORIENTED = ("Linear", "Bilinear", "RNNBase", "RNNCellBase", "MultiheadAttention") + LOOKUPS + TRANSPOSED


class Fans:
    """How a parameter is read as a map: rows are what it makes, columns what it sums over; a vector is n × 1."""

    def __init__(self, torch, parameter, module, own):
        shape = list(parameter.shape)
        bases = [base.__name__ for base in type(module).__mro__]
        self.is_lookup = len(shape) == 2 and any(name in bases for name in LOOKUPS)
        is_conv = any(name.startswith("_Conv") for name in bases)
        # Of a parameter that a module of the user's own holds nobody says which of its axes is summed over.
        is_layer = is_conv or any(base in ORIENTED or base.endswith("Linear") for base in bases)
        self.is_oriented = is_layer and ("weight" in own or "bias" in own)
        is_plain = not self.is_oriented or (len(shape) > 2 and not is_conv)
        if is_plain and sum(1 for size in shape if size > 1) <= 1:
            shape = [parameter.numel()]
            self.is_oriented = True
        self.dimensions = len(shape)
        self.transposed = self.is_lookup or (any(name in bases for name in TRANSPOSED) and len(shape) > 1)
        # Stacked matrices, as of experts: each is a map of its own.
        self.stacked = len(shape) > 2 and not is_conv
        if len(shape) < 2:
            self.rows, self.columns = max(1, parameter.numel()), 1
        elif self.stacked:
            self.rows, self.columns = shape[-2], shape[-1]
        else:
            self.rows, self.columns = shape[0], parameter.numel() // max(1, shape[0])
        self.out, self.into = (self.columns, self.rows) if self.transposed else (self.rows, self.columns)

    def matrices(self, tensor):
        return tensor.reshape(-1, self.rows, self.columns)

    def axes_into(self, dimensions):
        """The axes that are summed over."""
        if self.dimensions < 2:
            return []
        if self.stacked:
            return [dimensions - 1]
        return [0] if self.transposed else list(range(1, dimensions))

    def axes_stacked(self, dimensions):
        return list(range(dimensions - 2)) if self.stacked else []


def sizes_of(torch, tensor, fans):
    """The largest singular value of each matrix."""
    each, largest = in_units(fans.matrices(tensor).to(torch.float32))
    return largest.cpu() * unit_sizes(torch, each).cpu()


def in_units(each):
    """Matrices by their largest entries, whose squares are neither too large nor too small for numbers; and these entries."""
    largest = each.abs().amax(dim=(1, 2), keepdim=True).clamp(min=1e-30)
    return each / largest, largest[:, 0, 0]


def unit_sizes(torch, each):
    """By the smaller side's Gram."""
    if 1 in each.shape[1:]:
        return each.flatten(1).norm(dim=1)
    gram = each.transpose(1, 2) @ each if each.shape[1] >= each.shape[2] else each @ each.transpose(1, 2)
    if gram.shape[-1] <= 1024:
        # On a GPU spectra of matrices so small take longer, and not every device has float64.
        return torch.linalg.eigvalsh(gram.cpu().double())[:, -1].clamp(min=0).sqrt()
    vector = torch.ones(gram.shape[0], gram.shape[-1], 1, device=gram.device)
    for _ in range(50):
        vector = gram @ vector
        vector = vector / vector.norm(dim=1, keepdim=True).clamp(min=1e-30)
    return (gram @ vector).norm(dim=(1, 2)).sqrt()
