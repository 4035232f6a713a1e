"""The functions of torch that decide what is measured."""

# With what each does where nobody says whether it is in training.
DROPPING = (("dropout", True), ("dropout1d", True), ("dropout2d", True), ("dropout3d", True), ("alpha_dropout", False),
            ("feature_alpha_dropout", False))


class Functions:
    """No dropout; attention's logits are seen on their way, and what a layer makes is followed through multipliers."""

    def __init__(self, torch, lines):
        self.torch, self.lines, self.recorder, self.had_dropout = torch, lines, None, False
        functional = torch.nn.functional
        for name, drops in DROPPING:
            if hasattr(functional, name):
                setattr(functional, name, self.dropout(drops))
        for owner in (functional, torch, torch.Tensor):
            owner.softmax = self.softmax(owner.softmax)
        for owner, name in ((torch, "matmul"), (torch.Tensor, "matmul"), (torch.Tensor, "__matmul__")):
            setattr(owner, name, self.product(getattr(owner, name)))
        for owner, name, power in ((torch.Tensor, "__mul__", 1), (torch.Tensor, "__rmul__", 1), (torch.Tensor, "mul", 1),
                                   (torch, "mul", 1), (torch.Tensor, "__truediv__", -1), (torch.Tensor, "div", -1),
                                   (torch, "div", -1)):
            setattr(owner, name, self.multiple(getattr(owner, name), power))
        if hasattr(functional, "scaled_dot_product_attention"):
            functional.scaled_dot_product_attention = self.attention(functional.scaled_dot_product_attention)

    def dropout(self, drops):
        def dropout(input, p=0.5, training=drops, *_, **__):
            self.had_dropout = self.had_dropout or bool(training and p > 0)
            return input

        return dropout

    def softmax(self, original):
        def softmax(input, *arguments, **named):
            if self.recorder is not None:
                self.recorder.logits(input)
            return original(input, *arguments, **named)

        return softmax

    def product(self, original):
        def product(one, other, *arguments, **named):
            if self.recorder is not None and isinstance(other, self.torch.Tensor):
                self.recorder.product(one, other, self.lines)
            return original(one, other, *arguments, **named)

        return product

    def multiple(self, original, power):
        def multiple(one, other, *arguments, **named):
            result = original(one, other, *arguments, **named)
            if self.recorder is not None and isinstance(other, (int, float)) and other != 0 and result is not one:
                self.recorder.scaled(one, result, float(other) ** power)
            return result

        return multiple

    def attention(self, original):
        def attention(query, key, value, attn_mask=None, dropout_p=0.0, *arguments, **named):
            self.had_dropout = self.had_dropout or dropout_p > 0
            if self.recorder is not None and query.requires_grad:
                few = self.few_logits(query, key, named.get("scale"))
                self.recorder.product(query, key, self.lines)
                self.recorder.logits(few)
            return original(query, key, value, attn_mask, 0.0, *arguments, **named)

        return attention

    def few_logits(self, query, key, scale):
        """Those of the first places: all are alike."""
        few = 16
        query, key = query[..., :few, :], key[..., :few, :]
        if query.dim() == 4 and query.shape[1] != key.shape[1]:
            key = key.repeat_interleave(query.shape[1] // key.shape[1], dim=1)
        scale = query.shape[-1] ** -0.5 if scale is None else scale
        return (query @ key.transpose(-2, -1)) * scale
