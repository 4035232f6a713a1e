import { expect, test } from 'vitest';
import { matricesOf, onlyModel } from '../../../test/check-findings.ts';
import { checkValues } from '../../../test/check-values.ts';

test('what a function was given is a dict by its names', () => {
  checkValues(`
k = 3
def given(size, depth=2, *rest, **more):
    all = dict(locals())
    all  # reveals: {size: n, depth: 2, rest: [], more: {a: 1}}
    later = locals()
    later  # reveals: {size: n, depth: 2, rest: [], more: {a: 1}, …}
    later['size']  # reveals: n
    later['all']  # reveals: unknown
    [locals() for one in rest]  # reveals: []
given(n, a=1)
def changed(size):
    size = 2 * size
    return locals()
changed(n)  # reveals: {size: n}
def around(size):
    def inside(depth):
        return locals()
    return inside(4)
around(n)  # reveals: {depth: 4}
locals()  # reveals: unknown
`);
});

test('a truth is one, whatever it is asked of', () => {
  checkValues(`
bool([])  # reveals: False
bool('a'.startswith('a'))  # reveals: True
int(not bool(0))  # reveals: 1
bool(n)  # reveals: unknown
bool(other)  # reveals: unknown
bool()  # reveals: unknown
`);
});

test('a stretch of a text is a text', () => {
  checkValues(`
'head_size'[5:]  # reveals: 'size'
'head_size'[len('head_'):-1]  # reveals: 'siz'
'abc'[::-1]  # reveals: 'cba'
'abc'[3:]  # reveals: ''
'abc'[other:]  # reveals: unknown
{'a' + 'size'[1:]: n}['aize']  # reveals: n
`);
});

test('settings that a model sorts by how their names begin are the sizes of its stages', () => {
  const source = `
from torch import nn

def sorted_out(start, all):
    found, others = {}, {}
    for name in all.keys():
        if name.startswith(start):
            found[name[len(start):]] = all[name]
        else:
            others[name] = all[name]
    return found, others

class Staged(nn.Module):
    def __init__(self, kinds=10, a_size=64, a_side=3, b_size=128, b_side=5):
        super().__init__()
        others = dict(locals())
        size = 3
        parts = []
        for start in ('a_', 'b_'):
            own, others = sorted_out(start, others)
            parts += [nn.Conv2d(size, own['size'], own['side']), nn.ReLU(), nn.Conv2d(own['size'], own['size'], 1)]
            size = own['size']
        self.parts = nn.Sequential(*parts)
        self.head = nn.Linear(size, kinds)

    def forward(self, x):
        return self.head(self.parts(x).mean((2, 3)))
`;
  expect(matricesOf(onlyModel(source)).map(({ role, shape }) => `${role} ${shape}`)).toEqual([
    'input a_size × 3 × a_side × a_side',
    'hidden a_size × a_size × 1 × 1',
    'hidden b_size × a_size × b_side × b_side',
    'hidden b_size × b_size × 1 × 1',
    'output kinds × b_size',
  ]);
});
