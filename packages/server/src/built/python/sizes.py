"""What a factory sets each field of a model to: its width, what goes with that, and small numbers for all the rest.

Names rank what is tried. What is written was built and trained for a step.
"""

import re

from .subject import MISSING

HEADS = 4
HEAD = 16
TOKENS, LENGTH, CLASSES, CHANNELS, PATCH = 64, 64, 10, 3, 4
BASE = 64

# What a width is often called, the likeliest first.
WIDTHS = ("n_embd", "n_embed", "d_model", "dmodel", "hidden_size", "embed_dim", "embedding_dim", "model_dim", "dim",
          "width", "ninp", "d_hidden", "hidden_dim", "hidden", "n_hidden", "nhid", "hidden_features", "num_features",
          "channels", "n_state", "emb_dim", "features")
WIDTH = re.compile(r"^(%s)$" % "|".join(WIDTHS), re.I)
FEED = re.compile(r"intermediate|ffn|d_ff|mlp_dim|ff_dim|feedforward|n_inner|mlp_hidden|nhid", re.I)
KEYS = re.compile(r"(kv|key_value).*heads?|n_query_groups|heads?_kv", re.I)
COUNT = re.compile(r"^(n|num|number_of)?_?(attention_|attn_|query_)?n?_?heads?$", re.I)
SIZE = re.compile(r"head_(dim|size|channels)|dim_head|d_head|^d_k$|^d_v$", re.I)
DEPTH = re.compile(r"^(n|num)?_?(hidden_|encoder_|decoder_|transformer_)?(layers?|blocks?)$|^depth$", re.I)
DROP = re.compile(r"drop", re.I)
VOCABULARY = re.compile(r"vocab|^n?_?tokens?$|num_tokens", re.I)
CONTEXT = re.compile(r"block_size|seq_len|seq_length|n_ctx|n_positions|max_position|context|max_len|^bptt$", re.I)
IMAGE = re.compile(r"im(g|age)_size|input_size|resolution", re.I)
IN = re.compile(r"in_chan|num_channels|^channels$|^in_ch$|^c_in$", re.I)
OUT = re.compile(r"class(es)?$|num_labels|out_features|output_dim|out_dim|d_out", re.I)
INTO = re.compile(r"in_features|input_dim|in_dim|d_in", re.I)
PATCHES = re.compile(r"patch_size|^patch$", re.I)
ON = re.compile(r"^(use_)?mup(_enabled)?$", re.I)
SCALE = re.compile(r"mult(iplier)?$|scale$|alpha$|temperature", re.I)
TIMES = re.compile(r"width_mult|mup_width", re.I)
FIRST = re.compile(r"base_width|mup_base|base_(dim|hidden|n_embd)", re.I)
ASKS_NONE = "None"


def width_candidates(fields, hints):
    """The fields that may be the width, the likeliest first: what the analyser says, what such a field is often called."""
    names = [one.name for one in fields if one.number is not None or one.is_required or one.default is None]
    said = [name for name in hints if name in names]
    usual = [name for name in names if WIDTH.search(name)]
    rank = {name: place for place, name in enumerate(WIDTHS)}
    usual.sort(key=lambda name: rank.get(name.lower(), len(rank)))
    others = [name for name in names if not any(one.search(name) for one in (
        FEED, KEYS, COUNT, SIZE, DEPTH, SCALE, DROP, VOCABULARY, CONTEXT, IMAGE, IN, OUT, INTO, PATCHES))]
    # Of several names that the analyser has for one, the one that others usually have leads.
    first = [name for name in usual if name in said] + [name for name in said if not FEED.search(name)]
    return list(dict.fromkeys(first + usual + others))[:6]


class Sizes:
    """The values of all fields that are written, as expressions of `width` and `depth`, and what was chosen on the way."""

    def __init__(self, subject, width, evident, *, without_names=False, grow_heads=False):
        fields = subject.fields
        self.fields = {one.name: one for one in fields}
        self.width, self.evident, self.grow_heads = width, evident, grow_heads
        self.notes, self.values, self.has_depth = {}, {}, False
        for field in fields:
            value = self.value(field)
            if without_names and isinstance(field.default, str) and value is None:
                value = ASKS_NONE
            if value is None and subject.form == "namespace" and field.name in subject.held:
                value = repr(field.default)
            if value is not None:
                self.values[field.name] = value

    def value(self, field):
        """An expression; None where the default stays."""
        name = field.name
        if name == self.width:
            return "width"
        if DROP.search(name) and not isinstance(field.default, (bool, str)):
            return None if field.default in (0, 0.0, None) else "0.0"
        if isinstance(field.default, bool):
            return "True" if ON.search(name) else self.kept(field)
        if TIMES.search(name):
            self.notes[name] = "%d is the base width" % BASE
            return "width / %d" % BASE
        if FIRST.search(name):
            return str(BASE)
        if isinstance(field.default, (str, tuple, list, dict)):
            return self.kept(field)
        return self.size(field)

    def size(self, field):
        name, number = field.name, field.number
        own = self.fields[self.width].number
        if SIZE.search(name):
            size = str(HEAD) if self.grow_heads else "width // %d" % HEADS
            return size if number is not None or field.is_required else None
        if KEYS.search(name):
            heads = next((one.number for one in self.fields.values() if COUNT.search(one.name)), None)
            share = (heads or 0) // number if number and heads else 1
            share = min(HEADS, max(1, share))
            count = "width // %d" % (share * HEAD) if self.grow_heads else str(HEADS // share)
            return count if number is not None or field.is_required else None
        if COUNT.search(name):
            if self.grow_heads:
                self.notes[name] = "heads of one length, and more of them at larger widths, as head-scaling says"
                return "width // %d" % HEAD
            self.notes[name] = "as many heads at every width, and longer ones: width // %d lets their number grow instead" % HEAD
            return str(HEADS)
        if FEED.search(name) or (name in self.evident and number is not None and own):
            return self.beside(field, own)
        if DEPTH.search(name):
            self.has_depth = True
            return "depth"
        for pattern, small in ((VOCABULARY, TOKENS), (CONTEXT, LENGTH), (PATCHES, PATCH)):
            if pattern.search(name):
                return str(small) if pattern is not PATCHES or number is None else None
        if IMAGE.search(name):
            return str(2 * (self.number(PATCHES) or PATCH)) if self.has(PATCHES) else self.kept(field, 32)
        small = next((value for pattern, value in ((SCALE, 1), (IN, CHANNELS), (OUT, CLASSES), (INTO, 16))
                      if pattern.search(name)), 16)
        return self.kept(field, small)

    def settle_depth(self):
        """Of what is as deep whatever is said a depth is no argument."""
        self.has_depth = False
        self.values = {name: "2" if value == "depth" else value for name, value in self.values.items()}

    def beside(self, field, own):
        """What grows in proportion to the width, in the proportion of the defaults."""
        if field.default is None:
            return None
        share = field.number / own if field.number and own else 4
        self.notes[field.name] = "in proportion to the width"
        return "width" if share == 1 else "%d * width" % share if share == int(share) else "int(%.6g * width)" % share

    def has(self, pattern):
        return any(pattern.search(name) for name in self.fields)

    def number(self, pattern):
        return next((one.number for one in self.fields.values() if pattern.search(one.name) and one.number), None)

    def kept(self, field, small=16):
        """The default, written where nothing else would say it."""
        return str(small) if field.default is MISSING else None
