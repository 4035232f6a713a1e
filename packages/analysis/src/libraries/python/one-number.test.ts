import { expect, test } from 'vitest';
import { analyse, onlyModel } from '../../../test/check-findings.ts';

/** A network whose sizes come from a setting that is one number for all its layers, or a tuple of theirs. */
const sized = (spread: string) => `
from torch import nn

def spread(value, count):
    ${spread}

class Net(nn.Module):
    def __init__(self, size, classes):
        super().__init__()
        sizes = spread(size, 2)
        self.first = nn.Linear(16, sizes[0])
        self.mid = nn.Linear(sizes[0], sizes[1])
        nn.init.normal_(self.mid.weight, std=0.02)
        self.last = nn.Linear(sizes[1], classes)

    def forward(self, x):
        return self.last(self.mid(self.first(x).relu()).relu())
`;

const FILLED = `value = value if isinstance(value, tuple) else (value,)
    return (*value, *((value[-1],) * max(count - len(value), 0)))`;

test.each([
  FILLED,
  'return value if isinstance(value, tuple) else (value,) * count',
  'return value if isinstance(value, (list, tuple)) else [value] * count',
  'return [value] * count if not isinstance(value, list) else value',
])('a setting that may be a tuple is taken to be one number, which is said: %s', (spread) => {
  const { findings, models } = analyse(sized(spread));
  expect(findings.map(({ code }) => code)).toContain('MUP101');
  expect(models[0]?.assumptions).toContain('Assumes it is made with `size = one number`.');
});

test('so it is not where code in sight gives it a tuple', () => {
  const model = onlyModel(`${sized(FILLED)}
Net((64, 128), 10)
`);
  expect(model.assumptions.filter((one) => one.includes('one number'))).toEqual([]);
});

test.each([
  ['int | tuple[int, ...]', true],
  ['Union[int, Tuple[int, ...]]', true],
  ['Optional[int]', true],
  ['tuple[int, ...]', false],
  ['List[int]', false],
  ['Sizes', false],
])('an annotation says whether it may be a number: %s', (annotation, may) => {
  const source = sized(FILLED).replace('self, size,', `self, size: ${annotation},`);
  const said = onlyModel(source).assumptions.filter((one) => one.includes('one number'));
  expect(said.length > 0).toBe(may);
});

test('what is asked whether it is of another kind stays open', () => {
  const model = onlyModel(sized('return value if isinstance(value, dict) else (value,) * count'));
  expect(model.assumptions.filter((one) => one.includes('one number'))).toEqual([]);
  expect(model.weights.find(({ name }) => name === 'mid.weight')?.role).not.toBe('hidden');
});

test('what a forward pass is given may be a list', () => {
  const model = onlyModel(`
from torch import nn

class Net(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.mid = nn.Linear(size, size)

    def forward(self, x, turns):
        turns = turns if isinstance(turns, tuple) else (turns,)
        return self.mid(x) * turns[0]
`);
  expect(model.assumptions.filter((one) => one.includes('one number'))).toEqual([]);
});

test('a constructor that is inherited says so, too', () => {
  const models = analyse(`${sized(FILLED)}\nclass Other(Net):\n    pass\n`).models;
  expect(models.map(({ assumptions }) => assumptions.some((one) => one.includes('one number')))).toEqual([
    true,
    true,
  ]);
});
