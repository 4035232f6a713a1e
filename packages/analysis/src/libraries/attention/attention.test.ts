import { expect, test } from 'vitest';
import { analyse } from '../../../test/check-findings.ts';

const NET = (imports: string, attention: string) => `
import math
import torch
import torch.nn.functional as F
${imports}
from torch import nn

class Attention(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x, ends):
        size = x.shape[-1] // 4
        qkv = self.qkv(x).view(x.shape[0], x.shape[1], 3, 4, size)
        q, k, v = qkv.unbind(2)
        y = ${attention}
        return self.out(y.reshape(x.shape))

class Net(nn.Module):
    def __init__(self, words, width):
        super().__init__()
        self.embed = nn.Embedding(words, width)
        self.attend = Attention(width)
        self.head = nn.Linear(width, words)

    def forward(self, ids, ends):
        x = self.embed(ids)
        return self.head(x + self.attend(x, ends))
`;

const scalesOf = (imports: string, attention: string) =>
  analyse(NET(imports, attention)).findings.flatMap(({ code }) => (/^MUP20[23]$/.test(code) ? [code] : []));

const PLAIN = 'from flash_attn import *\nimport flash_attn';

test.each([
  ['', 'flash_attn.flash_attn_func(q, k, v, causal=True)'],
  ['', 'flash_attn.flash_attn_func(q, k, v, 0.0, size ** -0.5, True)'],
  ['', 'flash_attn.flash_attn_kvpacked_func(q, qkv[:, :, 1:], causal=True)'],
  ['', 'flash_attn.flash_attn_qkvpacked_func(qkv, 0.0, causal=True)'],
  [
    '',
    'flash_attn.flash_attn_varlen_func(q.flatten(0, 1), k.flatten(0, 1), v.flatten(0, 1), ends, ends, 64, 64)',
  ],
  ['', 'flash_attn.flash_attn_varlen_qkvpacked_func(qkv.flatten(0, 1), ends, 64, causal=True)'],
  [
    'from kernels import get_kernel\nfast = get_kernel("some/attention").flash_attn_interface',
    'fast.flash_attn_func(q, k, v)',
  ],
  ['import xformers.ops as xops', 'xops.memory_efficient_attention(q, k, v)'],
])('a kernel scales by the root of the size of heads, unless it is told: %s %s', (imports, attention) => {
  expect(scalesOf(`${PLAIN}\n${imports}`, attention)).toEqual(['MUP202']);
});

test.each([
  'flash_attn.flash_attn_func(q, k, v, 0.0, 1 / size)',
  'flash_attn.flash_attn_func(q, k, v, softmax_scale=1 / size)',
  'flash_attn.flash_attn_kvpacked_func(q, qkv[:, :, 1:], 0.0, 1 / size)',
  'flash_attn.flash_attn_qkvpacked_func(qkv, 0.0, 1 / size)',
  'flash_attn.flash_attn_varlen_func(q.flatten(0, 1), k.flatten(0, 1), v.flatten(0, 1), ends, ends, 64, 64, 0.0, 1 / size)',
  'flash_attn.flash_attn_varlen_qkvpacked_func(qkv.flatten(0, 1), ends, 64, 0.0, 1 / size)',
])('a factor that a kernel is given counts, by its place, too: %s', (attention) => {
  expect(scalesOf(PLAIN, attention)).toEqual([]);
});

test.each([
  ['a soft cap', PLAIN, 'flash_attn.flash_attn_func(q, k, v, softcap=30.0)'],
  [
    'places that differ between releases',
    'import flash_attn_interface as fa',
    'fa.flash_attn_func(q, k, v, size ** -0.5)',
  ],
  ['a module of the same name', 'import kernels', 'kernels.flash_attn_func(q, k, v)'],
])('nothing is told of a kernel with %s', (_, imports, attention) => {
  expect(scalesOf(imports, attention)).toEqual([]);
});
