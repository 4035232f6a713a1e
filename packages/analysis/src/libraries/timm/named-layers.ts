/** Of `timm.layers.norm`: normalizations that take the number of channels first. */
export const NORMS = `
import torch
from torch import nn
import torch.nn.functional as F

class GroupNorm(nn.GroupNorm):
    def __init__(self, num_channels, num_groups=32, eps=1e-5, affine=True, device=None, dtype=None):
        super().__init__(num_groups, num_channels, eps=eps, affine=affine)

class GroupNorm1(nn.GroupNorm):
    def __init__(self, num_channels, eps=1e-5, affine=True, device=None, dtype=None):
        super().__init__(1, num_channels, eps=eps, affine=affine)

class LayerNorm(nn.LayerNorm):
    def __init__(self, num_channels, eps=1e-6, affine=True, device=None, dtype=None):
        super().__init__(num_channels, eps=eps, elementwise_affine=affine)

LayerNormFp32 = LayerNorm

class LayerNorm2d(nn.LayerNorm):
    def __init__(self, num_channels, eps=1e-6, affine=True, device=None, dtype=None):
        super().__init__(num_channels, eps=eps, elementwise_affine=affine)

    def forward(self, x):
        last = F.layer_norm(x.permute(0, 2, 3, 1), self.normalized_shape, self.weight, self.bias, self.eps)
        return last.permute(0, 3, 1, 2)

LayerNorm2dFp32 = LayerNorm2d

class RmsNorm(nn.RMSNorm):
    def __init__(self, channels, eps=1e-6, affine=True, device=None, dtype=None):
        super().__init__(channels, eps=eps, elementwise_affine=affine)

RmsNormFp32 = RmsNorm

class RmsNorm2d(nn.RMSNorm):
    def __init__(self, channels, eps=1e-6, affine=True, device=None, dtype=None):
        super().__init__(channels, eps=eps, elementwise_affine=affine)

    def forward(self, x):
        last = F.rms_norm(x.permute(0, 2, 3, 1), self.normalized_shape, self.weight, self.eps)
        return last.permute(0, 3, 1, 2)

RmsNorm2dFp32 = RmsNorm2d
`;

/** Of `timm.layers.create_norm`: normalizations by a name. */
export const NORMS_BY_NAME = `
from torch import nn
from timm.layers.norm import GroupNorm, GroupNorm1, LayerNorm, LayerNorm2d, RmsNorm, RmsNorm2d

NORMS = dict(
    batchnorm=nn.BatchNorm2d, batchnorm2d=nn.BatchNorm2d, batchnorm1d=nn.BatchNorm1d,
    groupnorm=GroupNorm, groupnorm1=GroupNorm1,
    layernorm=LayerNorm, layernormfp32=LayerNorm, layernorm2d=LayerNorm2d, layernorm2dfp32=LayerNorm2d,
    rmsnorm=RmsNorm, rmsnormfp32=RmsNorm, rmsnorm2d=RmsNorm2d, rmsnorm2dfp32=RmsNorm2d,
)

def get_norm_layer(norm_layer):
    if not isinstance(norm_layer, str):
        return norm_layer
    return NORMS[norm_layer.replace('_', '').lower()]

def create_norm_layer(layer_name, num_features, **kwargs):
    return get_norm_layer(layer_name)(num_features, **kwargs)
`;

/** Of `timm.layers.create_act`: activations by a name. */
export const ACTIVATIONS_BY_NAME = `
from torch import nn

ACTIVATIONS = dict(
    silu=nn.SiLU, swish=nn.SiLU, mish=nn.Mish, relu=nn.ReLU, relu6=nn.ReLU6, leaky_relu=nn.LeakyReLU, elu=nn.ELU,
    prelu=nn.PReLU, celu=nn.CELU, selu=nn.SELU, gelu=nn.GELU, gelu_tanh=nn.GELU, sigmoid=nn.Sigmoid, tanh=nn.Tanh,
    hard_sigmoid=nn.Hardsigmoid, hardsigmoid=nn.Hardsigmoid, hard_swish=nn.Hardswish, hardswish=nn.Hardswish,
    identity=nn.Identity,
)

def get_act_layer(name='relu'):
    if not isinstance(name, str):
        return name
    return ACTIVATIONS[name.lower()]

def create_act_layer(name, inplace=None, **kwargs):
    layer = get_act_layer(name)
    return None if layer is None else layer(**kwargs)
`;

/** How a normalization's class goes on that has an activation behind it. */
const ACTIVATED = `        self.drop = drop_layer() if drop_layer is not None else nn.Identity()
        self.act = activation(act_layer, apply_act, act_kwargs)

    def forward(self, x):
        return self.act(self.drop(super().forward(x)))
`;

/** Of `timm.layers.norm_act`: normalizations with an activation behind them. */
export const NORMS_WITH_ACTIVATIONS: string = `
from torch import nn
from timm.layers.create_act import create_act_layer
from timm.layers.norm import GroupNorm, GroupNorm1, LayerNorm, LayerNorm2d, RmsNorm, RmsNorm2d

def activation(act_layer, apply_act, act_kwargs):
    if act_layer is None or not apply_act:
        return nn.Identity()
    return create_act_layer(act_layer, **(act_kwargs or {}))

class BatchNormAct2d(nn.BatchNorm2d):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, apply_act=True,
                 act_layer=nn.ReLU, act_kwargs=None, inplace=True, drop_layer=None, device=None, dtype=None):
        super().__init__(num_features, eps=eps, affine=affine)
${ACTIVATED}
class GroupNormAct(GroupNorm):
    def __init__(self, num_channels, num_groups=32, eps=1e-5, affine=True, group_size=None, apply_act=True,
                 act_layer=nn.ReLU, act_kwargs=None, inplace=True, drop_layer=None, device=None, dtype=None):
        super().__init__(num_channels, num_groups, eps=eps, affine=affine)
${ACTIVATED}${withActivation('GroupNorm1Act', 'GroupNorm1', '1e-5')}${withActivation('LayerNormAct', 'LayerNorm')}${withActivation('LayerNormAct2d', 'LayerNorm2d')}${withActivation('RmsNormAct', 'RmsNorm')}${withActivation('RmsNormAct2d', 'RmsNorm2d')}
LayerNormActFp32 = LayerNormAct
LayerNormAct2dFp32 = LayerNormAct2d
RmsNormActFp32 = RmsNormAct
RmsNormAct2dFp32 = RmsNormAct2d
`;

function withActivation(name: string, of: string, eps = '1e-6'): string {
  return `
class ${name}(${of}):
    def __init__(self, num_channels, eps=${eps}, affine=True, apply_act=True, act_layer=nn.ReLU, act_kwargs=None,
                 inplace=True, drop_layer=None, device=None, dtype=None):
        super().__init__(num_channels, eps=eps, affine=affine)
${ACTIVATED}`;
}

/** Of `timm.layers.create_norm_act`: the same by the name or class of the normalization. */
export const NORMS_WITH_ACTIVATIONS_BY_NAME = `
import functools
from torch import nn
from timm.layers.norm import GroupNorm, GroupNorm1, LayerNorm, LayerNorm2d, RmsNorm, RmsNorm2d
from timm.layers.norm_act import BatchNormAct2d, GroupNormAct, GroupNorm1Act, LayerNormAct, LayerNormAct2d
from timm.layers.norm_act import RmsNormAct, RmsNormAct2d

WITH_ACTIVATIONS = dict(
    batchnorm=BatchNormAct2d, batchnorm2d=BatchNormAct2d, groupnorm=GroupNormAct, groupnorm1=GroupNorm1Act,
    layernorm=LayerNormAct, layernormfp32=LayerNormAct, layernorm2d=LayerNormAct2d, layernorm2dfp32=LayerNormAct2d,
    rmsnorm=RmsNormAct, rmsnormfp32=RmsNormAct, rmsnorm2d=RmsNormAct2d, rmsnorm2dfp32=RmsNormAct2d,
)

def get_norm_act_layer(norm_layer, act_layer=None):
    if norm_layer is None:
        return None
    if isinstance(norm_layer, str):
        return functools.partial(WITH_ACTIVATIONS[norm_layer.replace('_', '').lower()], act_layer=act_layer)
    if norm_layer is nn.BatchNorm2d or norm_layer is BatchNormAct2d:
        return functools.partial(BatchNormAct2d, act_layer=act_layer)
    if norm_layer is GroupNorm or norm_layer is GroupNormAct:
        return functools.partial(GroupNormAct, act_layer=act_layer)
    if norm_layer is GroupNorm1 or norm_layer is GroupNorm1Act:
        return functools.partial(GroupNorm1Act, act_layer=act_layer)
    if norm_layer is LayerNorm or norm_layer is LayerNormAct:
        return functools.partial(LayerNormAct, act_layer=act_layer)
    if norm_layer is LayerNorm2d or norm_layer is LayerNormAct2d:
        return functools.partial(LayerNormAct2d, act_layer=act_layer)
    return named_alike(norm_layer)

def create_norm_act_layer(layer_name, num_features, act_layer=None, apply_act=True, jit=False, **kwargs):
    return get_norm_act_layer(layer_name, act_layer)(num_features, apply_act=apply_act, **kwargs)
`;
