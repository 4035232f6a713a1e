"""The real models that the analyser is held to: where each stands in a folder of clones, and how it is made at a width.

A model is made with few blocks, so that three widths of all of them fit into a minute. Heads are kept and their
dimension grows, unless the code fixes the dimension. A variant is a mode of the same class: what is said of the class
has to hold in all of them.
"""

import ast
import dataclasses
import importlib
import importlib.util
import inspect
import sys
import types
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable
from unittest.mock import MagicMock

import torch
import torch.nn.functional as F
from torch import nn


@dataclasses.dataclass(frozen=True)
class RealModel:
    name: str
    file: str
    """Relative to the folder of clones."""
    class_name: str
    build: Callable[["Clones", int], nn.Module]
    variants: tuple[tuple[str, Callable[["Clones", int], nn.Module]], ...] = ()
    optimizer: Callable[["Clones", nn.Module, int], torch.optim.Optimizer] | None = None
    """None where the repository has no code that can be called."""
    multipliers: tuple[tuple[str, float], ...] = ()
    """The exponents a other than 0, by a prefix or `*`-pattern of the parameter, read in the code by hand."""
    fan_in: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Which dimensions are summed over at the use of a parameter that no layer of torch owns, by pattern."""


class Whatever(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return MagicMock(name=name)


class Stub(types.ModuleType):
    """A package that a repository imports for other things than its model."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if not name[:1].isupper():
            return MagicMock(name=name)
        return Whatever(name, (), {"__init__": lambda self, *rest, **more: None})


class StubFinder:
    def __init__(self, names: set[str]):
        self.names = names

    def find_spec(self, name: str, path: Any = None, target: Any = None):
        if name.split(".")[0] not in self.names:
            return None
        return importlib.util.spec_from_loader(name, self, is_package=True)

    def create_module(self, spec: Any):
        return Stub(spec.name)

    def exec_module(self, module: Any):
        module.__path__ = []


STUBBED = {
    "DiT": {"torchvision"},
    "litgpt": {"lightning", "lightning_utilities", "psutil", "litdata", "tokenizers", "jsonargparse",
               "torchmetrics"},
    "mup": {"pandas", "torchvision"},
    "nanochat": {"kernels", "rustbpe", "tiktoken", "wandb"},
    "pytorch-image-models": {"torchvision"},
    "torchtitan": {"spmd_types", "tyro", "torchdata", "datasets", "tokenizers", "wandb", "tensorboard", "triton"},
    "vit-pytorch": {"torchvision"},
}


class Clones:
    """Modules of the clones. One process reads one repository, since many have a file `model.py`."""

    def __init__(self, folder: Path, repository: str):
        self.folder = folder
        absent = {name for name in STUBBED.get(repository, ()) if importlib.util.find_spec(name) is None}
        sys.meta_path.append(StubFinder(absent))
        torch.compile = lambda function=None, **_: function or (lambda one: one)

    def module(self, repository: str, dotted: str, root: str = ".") -> types.ModuleType:
        path = str((self.folder / repository / root).resolve())
        if path not in sys.path:
            sys.path.insert(0, path)
        return importlib.import_module(dotted)

    def bare_package(self, repository: str, package: str) -> None:
        """A package whose `__init__` imports more than its model."""
        if package not in sys.modules:
            stub = types.ModuleType(package)
            stub.__path__ = [str(self.folder / repository / package)]
            sys.modules[package] = stub


def nano_gpt(clones: Clones, width: int, repository: str = "nanoGPT", **more: Any) -> nn.Module:
    code = clones.module(repository, "model")
    return code.GPT(code.GPTConfig(n_embd=width, n_head=4, n_layer=2, vocab_size=64, block_size=32, **more))


def gpt_optimizer(clones: Clones, model: Any, width: int) -> torch.optim.Optimizer:
    return model.configure_optimizers(0.1, 1e-3, (0.9, 0.95), "cpu")


def scaled_group_optimizer(clones: Clones, model: Any, width: int) -> torch.optim.Optimizer:
    """nanoGPT-mup's train loop multiplies `lr_scale` in at every step."""
    optimizer = gpt_optimizer(clones, model, width)
    for group in optimizer.param_groups:
        group["lr"] = 1e-3 * group.get("lr_scale", 1.0)
    return optimizer


def nano_gpt_mup(clones: Clones, width: int) -> nn.Module:
    return nano_gpt(clones, width, "nanoGPT-mup", mup_enabled=True, mup_width_multiplier=width / 32)


def nanochat(clones: Clones, width: int) -> nn.Module:
    code = clones.module("nanochat", "nanochat.gpt")
    # As scripts/base_train.py has it, there are more heads where it is wider, all of one size.
    heads = {"n_head": width // 16, "n_kv_head": width // 32}
    config = code.GPTConfig(sequence_len=32, vocab_size=64, n_layer=2, **heads, n_embd=width)
    with torch.device("meta"):
        model = code.GPT(config)
    model.to_empty(device="cpu")
    model.init_weights()
    return model.float()


def min_gpt(clones: Clones, width: int) -> nn.Module:
    code = clones.module("minGPT", "mingpt.model")
    config = code.GPT.get_default_config()
    config.model_type, config.vocab_size, config.block_size = None, 64, 32
    config.n_layer, config.n_head, config.n_embd = 2, 4, width
    return code.GPT(config)


def min_gpt_optimizer(clones: Clones, model: Any, width: int) -> torch.optim.Optimizer:
    config = types.SimpleNamespace(weight_decay=0.1, learning_rate=1e-3, betas=(0.9, 0.95))
    return model.configure_optimizers(config)


def min_gpt_ddp(clones: Clones, width: int) -> nn.Module:
    code = clones.module("examples", "mingpt.model", "distributed/minGPT-ddp")
    return code.GPT(code.GPTConfig(model_type=None, n_layer=2, n_head=4, n_embd=width, vocab_size=64, block_size=32))


def min_gpt_ddp_optimizer(clones: Clones, model: Any, width: int) -> torch.optim.Optimizer:
    code = clones.module("examples", "mingpt.model", "distributed/minGPT-ddp")
    return code.create_optimizer(model, code.OptimizerConfig())


WIDENED = (nn.Conv2d, nn.Linear, nn.BatchNorm2d)
IMAGE_CHANNELS, CLASSES = 3, 10


@contextmanager
def channels_times(factor: int, groups_too: bool):
    """Every channel count of a literal architecture times a factor, except the image's 3 and the classes' 10.

    Depthwise convolutions stay depthwise; of others the groups stay as many, or as wide.
    """
    def scaled(channels: int) -> int:
        return channels * factor

    originals = {layer: layer.__init__ for layer in WIDENED}

    def conv(self: Any, i: int, o: int, *rest: Any, groups: int = 1, **more: Any):
        more_groups = groups > 1 and (groups == i or groups_too)
        into = i if i == IMAGE_CHANNELS else scaled(i)
        originals[nn.Conv2d](self, into, scaled(o), *rest, groups=scaled(groups) if more_groups else groups, **more)

    def linear(self: Any, i: int, o: int, *rest: Any, **more: Any):
        originals[nn.Linear](self, scaled(i), o if o == CLASSES else scaled(o), *rest, **more)

    def norm(self: Any, channels: int, *rest: Any, **more: Any):
        originals[nn.BatchNorm2d](self, scaled(channels), *rest, **more)

    try:
        for layer, init in zip(WIDENED, (conv, linear, norm)):
            layer.__init__ = init
        yield
    finally:
        for layer, init in originals.items():
            layer.__init__ = init


def cifar(file: str, make: str, groups_too: bool) -> Callable[[Clones, int], nn.Module]:
    def build(clones: Clones, width: int) -> nn.Module:
        code = clones.module("pytorch-cifar", f"models.{file}")
        with channels_times(width // 64, groups_too):
            return eval(make, vars(code))

    return build


def cifar_model(file: str, class_name: str, make: str, groups_too: bool = False) -> RealModel:
    build = cifar(file, make, groups_too)
    return RealModel(f"pytorch-cifar {file}", f"pytorch-cifar/models/{file}.py", class_name, build)


def vit(file: str, class_name: str, **more: Any) -> RealModel:
    def build(clones: Clones, width: int) -> nn.Module:
        clones.bare_package("vit-pytorch", "vit_pytorch")
        code = clones.module("vit-pytorch", f"vit_pytorch.{file}")
        sizes = {"image_size": 32, "patch_size": 8, "num_classes": 10, "dim": width, "depth": 2, "heads": 4,
                 "mlp_dim": 2 * width, "dim_head": width // 4, **more}
        return getattr(code, class_name)(**{key: value for key, value in sizes.items() if value is not None})

    return RealModel(f"vit-pytorch {file}", f"vit-pytorch/vit_pytorch/{file}.py", class_name, build)


def word_transformer(clones: Clones, width: int) -> nn.Module:
    code = clones.module("examples", "model", "word_language_model")
    return code.TransformerModel(64, width, 4, 2 * width, 2)


def word_rnn(kind: str, tied: bool = False) -> Callable[[Clones, int], nn.Module]:
    def build(clones: Clones, width: int) -> nn.Module:
        code = clones.module("examples", "model", "word_language_model")
        return code.RNNModel(kind, 64, width, width, 2, tie_weights=tied)

    return build


def mup_mlp(clones: Clones, width: int) -> nn.Module:
    """The class stands under `if __name__ == '__main__'`, after the arguments are read."""
    from mup import MuReadout

    source = (clones.folder / "mup/examples/MLP/main.py").read_text()
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef) and node.name == "MLP"]
    scope = {"nn": nn, "F": F, "torch": torch, "MuReadout": MuReadout, "args": types.SimpleNamespace(output_mult=1, init_std=1)}
    exec(compile(ast.Module(body=found, type_ignores=[]), "main.py", "exec"), scope)
    return shaped(lambda n: scope["MLP"](width=n), width)


def shaped(build: Callable[[int], nn.Module], width: int) -> nn.Module:
    from mup import set_base_shapes

    model = build(width)
    set_base_shapes(model, build(32), delta=build(64))
    return model


def mup_transformer(clones: Clones, width: int) -> nn.Module:
    code = clones.module("mup", "model", "examples/Transformer")
    args = types.SimpleNamespace(output_mult=1, attn_mult=1)
    model = shaped(lambda n: code.TransformerModel(args, ntoken=64, ninp=n, nhead=4, nhid=2 * n, nlayers=2), width)
    for layer in model.transformer_encoder.layers:
        layer.self_attn.batch_first = False  # torch's encoder of today asks for it
    return model


def mup_resnet(clones: Clones, width: int) -> nn.Module:
    code = clones.module("mup", "resnet", "examples/ResNet")
    return shaped(lambda n: code.ResNet(code.BasicBlock, [1, 1, 1, 1], wm=n / 256), width)


def mup_optimizer(kind: str) -> Callable[[Clones, nn.Module, int], torch.optim.Optimizer]:
    def make(clones: Clones, model: nn.Module, width: int) -> torch.optim.Optimizer:
        import mup

        return getattr(mup, kind)(model.parameters(), lr=0.1)

    return make


def hugging_face(kind: str) -> Callable[[Clones, int], nn.Module]:
    def build(clones: Clones, width: int) -> nn.Module:
        import transformers

        if kind == "GPT2":
            config = transformers.GPT2Config(n_embd=width, n_head=4, n_layer=2, vocab_size=64, n_positions=32)
            return transformers.GPT2LMHeadModel(config)
        if kind == "Mamba":
            config = transformers.MambaConfig(hidden_size=width, num_hidden_layers=2, vocab_size=64)
            return transformers.MambaForCausalLM(config)
        config = getattr(transformers, f"{kind}Config")(
            hidden_size=width, intermediate_size=2 * width, num_attention_heads=4, num_key_value_heads=2,
            num_hidden_layers=2, vocab_size=64, head_dim=width // 4)
        return getattr(transformers, f"{kind}ForCausalLM")(config)

    return build


def litgpt(clones: Clones, width: int, **more: Any) -> nn.Module:
    pretrain = litgpt_pretrain(clones)
    sizes = {"block_size": 32, "vocab_size": 64, "padded_vocab_size": 64, "n_layer": 2, "n_head": 4, "n_embd": width}
    config = pretrain.Config(**{**sizes, **more})
    model = pretrain.GPT(config)
    pretrain.initialize_weights(MagicMock(), model, n_layer=config.n_layer, n_embd=config.n_embd)
    return model


def litgpt_pretrain(clones: Clones) -> types.ModuleType:
    clones.bare_package("litgpt", "litgpt")
    sys.modules["litgpt"].Tokenizer = object
    for name in ("litgpt.scripts.convert_hf_checkpoint", "litgpt.data", "litgpt.parser_config"):
        sys.modules.setdefault(name, Stub(name))
    return clones.module("litgpt", "litgpt.pretrain")


def litgpt_optimizer(clones: Clones, model: nn.Module, width: int) -> torch.optim.Optimizer:
    return litgpt_pretrain(clones).instantiate_torch_optimizer("AdamW", model.parameters(), fused=False)


def litgpt_llama(clones: Clones, width: int) -> nn.Module:
    return litgpt(clones, width, n_query_groups=2, rotary_percentage=1.0, parallel_residual=False, bias=False,
                  norm_class_name="RMSNorm", mlp_class_name="LLaMAMLP", intermediate_size=2 * width)


def torchtitan_llama3(clones: Clones, width: int) -> nn.Module:
    code = clones.module("torchtitan", "torchtitan.models.llama3")
    with torch.device("cpu"):
        config = widened_debug_model(code, width)
        model = config.build()
        model.init_states(buffer_device=None) if hasattr(model, "init_states") else model.init_weights()
    return model


def widened_debug_model(code: Any, width: int) -> Any:
    source = inspect.getsource(code._debugmodel).replace("dim = 256", f"dim = {width}").replace("256", str(width))
    scope = dict(vars(code))
    exec(source, scope)
    return scope["_debugmodel"](attn_backend="flex")


def dit(clones: Clones, width: int) -> nn.Module:
    code = clones.module("DiT", "models")
    return code.DiT(input_size=8, hidden_size=width, depth=2, num_heads=4, num_classes=10)


def dit_optimizer(clones: Clones, model: nn.Module, width: int) -> torch.optim.Optimizer:
    return torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=0)


def timm_vit(clones: Clones, width: int) -> nn.Module:
    code = clones.module("pytorch-image-models", "timm.models.vision_transformer")
    return code.VisionTransformer(img_size=32, patch_size=8, num_classes=10, embed_dim=width, depth=2, num_heads=4)


def plain(kind: str) -> Callable[[Clones, nn.Module, int], torch.optim.Optimizer]:
    def make(clones: Clones, model: nn.Module, width: int) -> torch.optim.Optimizer:
        return getattr(torch.optim, kind)(model.parameters(), lr=0.1)

    return make


MODELS = [
    RealModel("nanoGPT", "nanoGPT/model.py", "GPT", nano_gpt, optimizer=gpt_optimizer,
              variants=(("bias=False", lambda c, n: nano_gpt(c, n, bias=False)),)),
    RealModel("nanoGPT-mup", "nanoGPT-mup/model.py", "GPT", lambda c, n: nano_gpt(c, n, "nanoGPT-mup"),
              optimizer=scaled_group_optimizer, variants=(("mup_enabled=True", nano_gpt_mup),)),
    RealModel("nanochat", "nanochat/nanochat/gpt.py", "GPT", nanochat,
              optimizer=lambda c, m, n: m.setup_optimizer()),
    RealModel("minGPT", "minGPT/mingpt/model.py", "GPT", min_gpt, optimizer=min_gpt_optimizer),
    cifar_model("resnet", "ResNet", "ResNet(BasicBlock, [1, 1, 1, 1])"),
    cifar_model("vgg", "VGG", "VGG('VGG11')"),
    cifar_model("preact_resnet", "PreActResNet", "PreActResNet(PreActBlock, [1, 1, 1, 1])"),
    cifar_model("densenet", "DenseNet", "DenseNet(Bottleneck, [2, 2, 2, 2], growth_rate=12)"),
    cifar_model("mobilenet", "MobileNet", "MobileNet()"),
    cifar_model("lenet", "LeNet", "LeNet()"),
    cifar_model("senet", "SENet", "SENet(PreActBlock, [1, 1, 1, 1])"),
    cifar_model("shufflenetv2", "ShuffleNetV2", "ShuffleNetV2(0.5)"),
    cifar_model("efficientnet", "EfficientNet", "EfficientNetB0()"),
    cifar_model("dla", "DLA", "DLA()"),
    cifar_model("googlenet", "GoogLeNet", "GoogLeNet()"),
    cifar_model("regnet", "RegNet", "RegNetX_200MF()", groups_too=True),  # the code gives their width
    vit("vit", "ViT"),
    vit("simple_vit", "SimpleViT"),
    vit("deepvit", "DeepViT"),
    vit("cait", "CaiT", cls_depth=2),
    vit("parallel_vit", "ViT"),
    vit("t2t", "T2TViT", patch_size=None),
    RealModel("examples word_language_model", "examples/word_language_model/model.py", "TransformerModel",
              word_transformer, optimizer=plain("SGD"), multipliers=(("input_emb.weight", -0.5),)),
    RealModel("examples wlm RNN", "examples/word_language_model/model.py", "RNNModel", word_rnn("LSTM"),
              variants=(("GRU", word_rnn("GRU")), ("RNN_TANH", word_rnn("RNN_TANH")), ("tied", word_rnn("LSTM", True)))),
    RealModel("examples minGPT-ddp", "examples/distributed/minGPT-ddp/mingpt/model.py", "GPT", min_gpt_ddp,
              optimizer=min_gpt_ddp_optimizer),
    RealModel("mup MLP", "mup/examples/MLP/main.py", "MLP", mup_mlp, optimizer=mup_optimizer("MuSGD"),
              multipliers=(("fc_3.weight", 1),)),
    RealModel("mup Transformer", "mup/examples/Transformer/model.py", "TransformerModel", mup_transformer,
              multipliers=(("decoder.weight", 1),)),
    RealModel("mup ResNet", "mup/examples/ResNet/resnet.py", "ResNet", mup_resnet, optimizer=mup_optimizer("MuSGD"),
              multipliers=(("linear.weight", 1),)),
    RealModel("HF llama", "transformers/transformers/models/llama/modeling_llama.py", "LlamaForCausalLM",
              hugging_face("Llama")),
    RealModel("HF gpt2", "transformers/transformers/models/gpt2/modeling_gpt2.py", "GPT2LMHeadModel",
              hugging_face("GPT2"),
              fan_in=(("transformer.h.*.attn.c_attn.weight", (0,)), ("transformer.h.*.attn.c_proj.weight", (0,)),
                      ("transformer.h.*.mlp.c_fc.weight", (0,)), ("transformer.h.*.mlp.c_proj.weight", (0,)))),
    RealModel("HF qwen3", "transformers/transformers/models/qwen3/modeling_qwen3.py", "Qwen3ForCausalLM",
              hugging_face("Qwen3")),
    RealModel("HF mamba", "transformers/transformers/models/mamba/modeling_mamba.py", "MambaForCausalLM",
              hugging_face("Mamba")),
    RealModel("litgpt", "litgpt/litgpt/model.py", "GPT", litgpt, optimizer=litgpt_optimizer,
              variants=(("llama", litgpt_llama),)),
    RealModel("torchtitan llama3", "torchtitan/torchtitan/models/llama3/model.py", "Llama3Model", torchtitan_llama3),
    RealModel("DiT", "DiT/models.py", "DiT", dit, optimizer=dit_optimizer),
    RealModel("timm ViT", "pytorch-image-models/timm/models/vision_transformer.py", "VisionTransformer", timm_vit),
]
