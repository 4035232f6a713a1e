/** Of `transformers.activations`: each by what it is to PyTorch, as far as size and value at zero go. */
export const ACTIVATIONS = `
import torch
from torch import nn

class LinearActivation(nn.Module):
    def forward(self, x):
        return x

class ReLUSquaredActivation(nn.Module):
    def forward(self, x):
        return torch.square(torch.relu(x))

GELUActivation = NewGELUActivation = FastGELUActivation = GELUTanh = AccurateGELUActivation = nn.GELU
QuickGELUActivation = SiLUActivation = nn.SiLU
MishActivation = nn.Mish

ACT2FN = {
    'gelu': nn.GELU(), 'gelu_fast': nn.GELU(), 'gelu_new': nn.GELU(), 'gelu_python': nn.GELU(),
    'gelu_pytorch_tanh': nn.GELU(), 'gelu_python_tanh': nn.GELU(), 'gelu_accurate': nn.GELU(),
    'quick_gelu': nn.SiLU(), 'silu': nn.SiLU(), 'swish': nn.SiLU(), 'relu': nn.ReLU(), 'relu6': nn.ReLU6(),
    'relu2': ReLUSquaredActivation(), 'leaky_relu': nn.LeakyReLU(), 'linear': LinearActivation(),
    'mish': nn.Mish(), 'sigmoid': nn.Sigmoid(), 'tanh': nn.Tanh(), 'hardswish': nn.Hardswish(),
}

def get_activation(name):
    return ACT2FN[name]
`;
