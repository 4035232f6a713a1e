/** Of `timm.layers`: layers with their parameters, initial values and forward passes. */
export const LAYERS = `
import torch
from torch import nn
import torch.nn.functional as F
from torch.nn.init import trunc_normal_
from timm.layers.adaptive_avgmax_pool import SelectAdaptivePool2d, adaptive_pool_feat_mult
from timm.layers.classifier import ClassifierHead, ClNormMlpClassifierHead, NormMlpClassifierHead, create_classifier
from timm.layers.create_act import create_act_layer, get_act_layer
from timm.layers.create_norm import create_norm_layer, get_norm_layer
from timm.layers.create_norm_act import create_norm_act_layer, get_norm_act_layer
from timm.layers.norm import GroupNorm, GroupNorm1, LayerNorm, LayerNormFp32, LayerNorm2d, LayerNorm2dFp32
from timm.layers.norm import RmsNorm, RmsNormFp32, RmsNorm2d, RmsNorm2dFp32
from timm.layers.norm_act import BatchNormAct2d, GroupNormAct, GroupNorm1Act
from timm.layers.norm_act import LayerNormAct, LayerNormActFp32, LayerNormAct2d, LayerNormAct2dFp32
from timm.layers.norm_act import RmsNormAct, RmsNormActFp32, RmsNormAct2d, RmsNormAct2dFp32
from timm.layers.scaled_attention import ScaledAttention

def lecun_normal_(tensor):
    nn.init.kaiming_normal_(tensor, nonlinearity='linear')

def to_2tuple(x):
    return x if isinstance(x, (tuple, list)) else (x, x)

def use_fused_attn(experimental=False):
    return True

class DropPath(nn.Module):
    def __init__(self, drop_prob=0.0, scale_by_keep=True):
        super().__init__()

    def forward(self, x):
        return x

class PatchDropout(nn.Module):
    def __init__(self, prob=0.5, num_prefix_tokens=1, ordered=False, return_indices=False):
        super().__init__()

    def forward(self, x):
        return x

class LayerScale(nn.Module):
    def __init__(self, dim, init_values=1e-5, inplace=False, device=None, dtype=None):
        super().__init__()
        self.gamma = nn.Parameter(init_values * torch.ones(dim))

    def forward(self, x):
        return x * self.gamma

class PatchEmbed(nn.Module):
    def __init__(self, img_size=224, patch_size=16, in_chans=3, embed_dim=768, norm_layer=None, flatten=True,
                 output_fmt=None, bias=True, strict_img_size=True, dynamic_img_pad=False, device=None, dtype=None):
        super().__init__()
        self.patch_size = (patch_size, patch_size)
        self.img_size = (img_size, img_size)
        self.grid_size = (img_size // patch_size, img_size // patch_size)
        self.num_patches = self.grid_size[0] * self.grid_size[1]
        self.flatten = flatten if output_fmt is None else False
        self.output_fmt = output_fmt
        self.proj = nn.Conv2d(in_chans, embed_dim, kernel_size=patch_size, stride=patch_size, bias=bias)
        self.norm = norm_layer(embed_dim) if norm_layer is not None else nn.Identity()

    def forward(self, x):
        x = self.proj(x)
        if self.flatten or self.output_fmt == 'NLC':
            x = x.flatten(2).transpose(1, 2)
        elif self.output_fmt == 'NHWC':
            x = x.permute(0, 2, 3, 1)
        elif self.output_fmt == 'NCL':
            x = x.flatten(2)
        return self.norm(x)

class Mlp(nn.Module):
    def __init__(self, in_features, hidden_features=None, out_features=None, act_layer=nn.GELU, norm_layer=None,
                 bias=True, drop=0.0, use_conv=False, device=None, dtype=None):
        super().__init__()
        if out_features is None:
            out_features = in_features
        if hidden_features is None:
            hidden_features = in_features
        if use_conv:
            self.fc1 = nn.Conv2d(in_features, hidden_features, kernel_size=1, bias=bias)
        else:
            self.fc1 = nn.Linear(in_features, hidden_features, bias=bias)
        self.act = act_layer()
        self.drop1 = nn.Dropout(drop)
        self.norm = norm_layer(hidden_features) if norm_layer is not None else nn.Identity()
        if use_conv:
            self.fc2 = nn.Conv2d(hidden_features, out_features, kernel_size=1, bias=bias)
        else:
            self.fc2 = nn.Linear(hidden_features, out_features, bias=bias)
        self.drop2 = nn.Dropout(drop)

    def forward(self, x):
        x = self.drop1(self.act(self.fc1(x)))
        return self.drop2(self.fc2(self.norm(x)))

class Attention(nn.Module):
    def __init__(self, dim, num_heads=8, attn_head_dim=None, dim_out=None, qkv_bias=False, qk_norm=False,
                 scale_norm=False, proj_bias=True, gated=False, attn_drop=0.0, proj_drop=0.0, norm_layer=None,
                 device=None, dtype=None):
        super().__init__()
        self.num_heads = num_heads
        self.head_dim = dim // num_heads if attn_head_dim is None else attn_head_dim
        if attn_head_dim is None:
            self.attn_dim = dim
        else:
            self.attn_dim = num_heads * attn_head_dim
        self.scale = self.head_dim ** -0.5
        self.qkv = nn.Linear(dim, self.attn_dim * 3, bias=qkv_bias)
        self.q_norm = norm_layer(self.head_dim) if qk_norm else nn.Identity()
        self.k_norm = norm_layer(self.head_dim) if qk_norm else nn.Identity()
        self.attn_drop = nn.Dropout(attn_drop)
        self.norm = norm_layer(self.attn_dim) if scale_norm else nn.Identity()
        self.gate = nn.Linear(dim, self.attn_dim, bias=qkv_bias) if gated else None
        self.proj = nn.Linear(self.attn_dim, dim if dim_out is None else dim_out, bias=proj_bias)
        self.proj_drop = nn.Dropout(proj_drop)

    def forward(self, x, attn_mask=None, is_causal=False):
        B, N, C = x.shape
        qkv = self.qkv(x).reshape(B, N, 3, self.num_heads, self.head_dim).permute(2, 0, 3, 1, 4)
        q, k, v = qkv.unbind(0)
        q, k = self.q_norm(q), self.k_norm(k)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=is_causal)
        y = self.norm(y.transpose(1, 2).reshape(B, N, self.attn_dim))
        if self.gate is not None:
            y = y * self.gate(x).sigmoid()
        return self.proj_drop(self.proj(y))

class Block(nn.Module):
    def __init__(self, dim, num_heads, mlp_ratio=4.0, qkv_bias=False, qk_norm=False, scale_attn_norm=False,
                 scale_mlp_norm=False, proj_bias=True, proj_drop=0.0, attn_drop=0.0, init_values=None, drop_path=0.0,
                 act_layer=nn.GELU, norm_layer=nn.LayerNorm, mlp_layer=Mlp, drop=0.0, qk_scale=None, device=None,
                 dtype=None):
        super().__init__()
        self.norm1 = norm_layer(dim)
        if qk_scale is None:
            self.attn = Attention(dim, num_heads=num_heads, qkv_bias=qkv_bias, qk_norm=qk_norm,
                                  scale_norm=scale_attn_norm, proj_bias=proj_bias, norm_layer=norm_layer)
        else:
            self.attn = ScaledAttention(dim, qk_scale)
        self.ls1 = LayerScale(dim, init_values=init_values) if init_values else nn.Identity()
        self.norm2 = norm_layer(dim)
        self.mlp = mlp_layer(in_features=dim, hidden_features=int(dim * mlp_ratio), act_layer=act_layer,
                             norm_layer=norm_layer if scale_mlp_norm else None, bias=proj_bias)
        self.ls2 = LayerScale(dim, init_values=init_values) if init_values else nn.Identity()

    def forward(self, x, attn_mask=None, is_causal=False):
        x = x + self.ls1(self.attn(self.norm1(x)))
        return x + self.ls2(self.mlp(self.norm2(x)))
`;

/** Of `timm.models._manipulate`: functions that go through a model's parts, or call them. */
export const MANIPULATE = `
def named_apply(fn, module, name='', depth_first=True, include_root=False):
    for path, part in module.named_modules():
        fn(module=part, name=path)
    return module

def checkpoint(function, *args, **kwargs):
    return function(*args)

def checkpoint_seq(functions, x, every=1, flatten=False, skip_last=False, preserve_rng_state=True):
    for function in functions:
        x = function(x)
    return x
`;
