/** Of `timm.layers.adaptive_avgmax_pool`: what is left of all positions; the largest of them counts as their mean, as it is as large. */
export const POOLS = `
import torch
from torch import nn

def adaptive_pool_feat_mult(pool_type='avg'):
    return 2 if pool_type.endswith('catavgmax') else 1

class SelectAdaptivePool2d(nn.Module):
    def __init__(self, output_size=1, pool_type='fast', flatten=False, input_fmt='NCHW'):
        super().__init__()
        self.pool_type = pool_type or ''
        self.keeps = not flatten
        self.positions = (2, 3) if input_fmt == 'NCHW' else (1, 2)
        self.channels = 1 if flatten or input_fmt == 'NCHW' else 3

    def is_identity(self):
        return not self.pool_type

    def feat_mult(self):
        return adaptive_pool_feat_mult(self.pool_type)

    def forward(self, x):
        if not self.pool_type:
            return x if self.keeps else x.flatten(1)
        mean = x.mean(self.positions, keepdim=self.keeps)
        if self.pool_type.endswith('catavgmax'):
            return torch.cat((mean, x.amax(self.positions, keepdim=self.keeps)), self.channels)
        return mean
`;

/** Of `timm.layers.classifier`: readouts behind such a pool. */
export const HEADS = `
from collections import OrderedDict
from torch import nn
from timm.layers.adaptive_avgmax_pool import SelectAdaptivePool2d
from timm.layers.create_act import get_act_layer
from timm.layers.create_norm import get_norm_layer

def create_classifier(num_features, num_classes, pool_type='avg', use_conv=False, input_fmt='NCHW', drop_rate=None,
                      device=None, dtype=None):
    pool = SelectAdaptivePool2d(pool_type=pool_type, flatten=bool(pool_type) and not use_conv, input_fmt=input_fmt)
    pooled = num_features * pool.feat_mult()
    if num_classes <= 0:
        fc = nn.Identity()
    elif use_conv:
        fc = nn.Conv2d(pooled, num_classes, 1)
    else:
        fc = nn.Linear(pooled, num_classes)
    if drop_rate is not None:
        return pool, nn.Dropout(drop_rate), fc
    return pool, fc

class ClassifierHead(nn.Module):
    def __init__(self, in_features, num_classes, pool_type='avg', drop_rate=0.0, use_conv=False, input_fmt='NCHW',
                 device=None, dtype=None):
        super().__init__()
        self.in_features = in_features
        self.use_conv = use_conv
        self.global_pool, self.fc = create_classifier(in_features, num_classes, pool_type, use_conv=use_conv,
                                                      input_fmt=input_fmt)
        self.drop = nn.Dropout(drop_rate)
        self.flatten = nn.Flatten(1) if use_conv and pool_type else nn.Identity()

    def forward(self, x, pre_logits=False):
        x = self.drop(self.global_pool(x))
        return self.flatten(x if pre_logits else self.fc(x))

class NormMlpClassifierHead(nn.Module):
    def __init__(self, in_features, num_classes, hidden_size=None, pool_type='avg', drop_rate=0.0,
                 norm_layer='layernorm2d', act_layer='tanh', device=None, dtype=None):
        super().__init__()
        self.in_features = in_features
        self.hidden_size = hidden_size
        self.num_features = in_features
        self.use_conv = not pool_type
        self.global_pool = SelectAdaptivePool2d(pool_type=pool_type)
        self.norm = get_norm_layer(norm_layer)(in_features)
        self.flatten = nn.Flatten(1) if pool_type else nn.Identity()
        self.pre_logits = nn.Identity()
        if hidden_size:
            fc = nn.Linear(in_features, hidden_size) if pool_type else nn.Conv2d(in_features, hidden_size, 1)
            self.pre_logits = nn.Sequential(OrderedDict([('fc', fc), ('act', get_act_layer(act_layer)())]))
            self.num_features = hidden_size
        self.drop = nn.Dropout(drop_rate)
        if num_classes <= 0:
            self.fc = nn.Identity()
        elif pool_type:
            self.fc = nn.Linear(self.num_features, num_classes)
        else:
            self.fc = nn.Conv2d(self.num_features, num_classes, 1)

    def forward(self, x, pre_logits=False):
        x = self.flatten(self.norm(self.global_pool(x)))
        x = self.drop(self.pre_logits(x))
        return x if pre_logits else self.fc(x)

class ClNormMlpClassifierHead(nn.Module):
    def __init__(self, in_features, num_classes, hidden_size=None, pool_type='avg', drop_rate=0.0,
                 norm_layer='layernorm', act_layer='gelu', input_fmt='NHWC', device=None, dtype=None):
        super().__init__()
        self.in_features = in_features
        self.hidden_size = hidden_size
        self.num_features = in_features
        self.pool_type = pool_type
        self.pool_dim = 1 if input_fmt == 'NLC' else (1, 2)
        self.norm = get_norm_layer(norm_layer)(in_features)
        self.pre_logits = nn.Identity()
        if hidden_size:
            fc = nn.Linear(in_features, hidden_size)
            self.pre_logits = nn.Sequential(OrderedDict([('fc', fc), ('act', get_act_layer(act_layer)())]))
            self.num_features = hidden_size
        self.drop = nn.Dropout(drop_rate)
        self.fc = nn.Linear(self.num_features, num_classes) if num_classes > 0 else nn.Identity()

    def forward(self, x, pre_logits=False):
        if self.pool_type:
            x = x.mean(dim=self.pool_dim)
        x = self.drop(self.pre_logits(self.norm(x)))
        return x if pre_logits else self.fc(x)
`;
