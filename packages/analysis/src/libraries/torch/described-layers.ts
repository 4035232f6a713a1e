import { DISTRIBUTION_CLASSES, DISTRIBUTION_MODULES } from './distributions.ts';
import { TRANSFORMER, TRANSFORMERS } from './transformer.ts';

const POOL_NAMES: readonly string[] = ['avg', 'max'].flatMap((how) =>
  [1, 2, 3].map((rank) => poolName(how, rank)),
);

function poolName(how: string, rank: number): string {
  return `Adaptive${how === 'avg' ? 'Avg' : 'Max'}Pool${rank}d`;
}

function poolText(how: string, rank: number): string {
  return `
class ${poolName(how, rank)}(nn.Module):
    def __init__(self, output_size, return_indices=False):
        super().__init__()
        self.output_size = output_size

    def forward(self, input):
        return F.adaptive_${how}_pool${rank}d(input, self.output_size)
`;
}

const POOLS = ['avg', 'max'].flatMap((how) => [1, 2, 3].map((rank) => poolText(how, rank))).join('');

/** Layers of PyTorch that are told by what their forward pass does. */
const LAYERS = `
import torch
from torch import nn
import torch.nn.functional as F

class GLU(nn.Module):
    def __init__(self, dim=-1):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return F.glu(input, self.dim)

class PReLU(nn.Module):
    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        super().__init__()
        self.num_parameters = num_parameters
        self.weight = nn.Parameter(torch.full((num_parameters,), init))

    def forward(self, input):
        if self.num_parameters == 1:
            return F.relu(input) - self.weight * F.relu(-input)
        return F.prelu(input, self.weight)

class PixelShuffle(nn.Module):
    def __init__(self, upscale_factor):
        super().__init__()
        self.upscale_factor = upscale_factor

    def forward(self, input):
        return F.pixel_shuffle(input, self.upscale_factor)

class PixelUnshuffle(nn.Module):
    def __init__(self, downscale_factor):
        super().__init__()
        self.downscale_factor = downscale_factor

    def forward(self, input):
        return F.pixel_unshuffle(input, self.downscale_factor)

class Unfold(nn.Module):
    def __init__(self, kernel_size, dilation=1, padding=0, stride=1):
        super().__init__()
        self.kernel_size = kernel_size

    def forward(self, input):
        return F.unfold(input, self.kernel_size)

${POOLS}`;

const PLAIN = ['GLU', 'PReLU', 'PixelShuffle', 'PixelUnshuffle', 'Unfold', ...POOL_NAMES];

const TAKEN_OVER = [
  `from torch.nn.modules.transformer import ${TRANSFORMERS.join(', ')}`,
  `from torch.nn.modules.described import ${PLAIN.join(', ')}`,
  '',
].join('\n');

/** The modules of PyTorch that the classes are in. */
export const DESCRIBED: ReadonlyMap<string, string> = new Map([
  ['torch.nn.modules.transformer', TRANSFORMER],
  ['torch.nn.modules.described', LAYERS],
  ['torch.nn.modules', TAKEN_OVER],
  ['torch.nn', TAKEN_OVER],
  ...DISTRIBUTION_MODULES,
]);

const CLASSES: ReadonlySet<string> = new Set([
  ...[...DESCRIBED.keys()].flatMap((module) =>
    [...TRANSFORMERS, ...PLAIN].map((name) => `${module}.${name}`),
  ),
  ...DISTRIBUTION_CLASSES,
]);

/** Whether a name of PyTorch means what the libraries say of it, and not what is described in Python. */
export const isCovered = (qualified: string): boolean => !CLASSES.has(qualified);
