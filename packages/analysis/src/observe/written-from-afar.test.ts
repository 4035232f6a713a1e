import { describe, expect, it } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../../test/load-analyser.ts';

const analyser = await loadTestAnalyser();

interface Written {
  readonly head?: string;
  readonly std?: string;
  readonly gain?: string;
  readonly rate?: string;
  /** What the function that trains does before it makes the model. */
  readonly writes?: string;
}

/** A model whose start, factor and rate come from wherever, and a function that sets them. */
function trained({
  head = 'import settings',
  std = '1.0',
  gain = '1.0',
  rate = '1.0',
  writes = 'pass',
}: Written): string {
  return `
import torch
from torch import nn
${head}

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1 = nn.Linear(32, width)
        self.fc2 = nn.Linear(width, width)
        self.out = nn.Linear(width, 10, bias=False)
        nn.init.normal_(self.out.weight, std=${std})

    def forward(self, x):
        return ${gain} * self.out(torch.relu(self.fc2(torch.relu(self.fc1(x)))))

def train(loader, width, lr=1e-3):
    ${writes}
    model = Net(width)
    opt = torch.optim.Adam([
        {"params": [model.fc1.weight, model.fc1.bias, model.fc2.bias], "lr": lr},
        {"params": [model.fc2.weight, model.out.weight], "lr": lr * ${rate}},
    ])
    for x, y in loader:
        opt.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        opt.step()
`;
}

const SETTINGS = `
from types import SimpleNamespace
VALUE = OWN = 1.0
GIVEN = {'value': 1.0}
FIELDS = SimpleNamespace(value=1.0, other=1.0)
class Given:
    value = 1.0
def change(value):
    FIELDS.value = value
def configure(value):
    globals()['OWN'] = value
`;

function outOf(written: Written, caller?: string) {
  const files = {
    'net.py': trained(written),
    'settings.py': SETTINGS,
    'again.py': 'from settings import GIVEN, Given',
    ...(caller === undefined ? {} : { 'run.py': caller }),
  };
  const place = placeIn(files, 'net.py', caller === undefined ? [] : ['run.py']);
  const { models } = analyser.analyse(files['net.py'], undefined, place);
  const out = models[0]?.weights.find(({ name }) => name === 'out.weight');
  if (out === undefined) throw new Error('the model is not shown');
  return out;
}

describe('what code writes into a module that it imports', () => {
  it.each([
    ['settings.VALUE', 'settings.VALUE = width ** -0.5', 'import settings'],
    ['settings.VALUE', 'own = settings; own.VALUE = width ** -0.5', 'import settings'],
    ['Given.value', 'own = settings.Given; own.value = width', 'import settings; from settings import Given'],
    ['s.VALUE', 's.VALUE = width ** -0.5', 'import settings as s'],
    ['settings.VALUE', 'settings.VALUE *= width', 'import settings'],
    ['settings.VALUE', "setattr(settings, 'VALUE', width ** -0.5)", 'import settings'],
    ['settings.VALUE', 'import settings as own; own.VALUE = width', 'import settings'],
    ["settings.GIVEN['value']", "settings.GIVEN['value'] = width ** -0.5", 'import settings'],
    ["GIVEN['value']", "GIVEN['value'] = width ** -0.5", 'from settings import GIVEN'],
    ["GIVEN['value']", 'GIVEN.update(value=width)', 'from settings import GIVEN'],
    ["GIVEN['value']", "GIVEN['value'] = width", 'from again import GIVEN'],
    ['Given.value', 'Given.value = width ** -0.5', 'from settings import Given'],
    ['Given.value', 'Given.value = width ** -0.5', 'from again import Given'],
    ['settings.Given.value', "setattr(settings.Given, 'value', width)", 'import settings'],
    ['Own.value', 'Own.value = width ** -0.5', 'class Own:\n    value = 1.0'],
    ['settings.VALUE', 'for name in names: setattr(settings, name, width)', 'import settings'],
    ['Given.value', 'for name in names: setattr(Given, name, width)', 'from settings import Given'],
    ['Own.value', 'for name in names: setattr(Own, name, width)', 'class Own:\n    value = 1.0'],
  ])('%s is not known after %s', (read, writes, head) => {
    expect(outOf({ head, std: read }).b).toBe(0);
    expect(outOf({ head, std: read, writes }).b).toBeNull();
    expect(outOf({ head, gain: read, writes }).a).toBeNull();
  });

  it('is not known where it is read for a rate', () => {
    expect(outOf({ rate: 'settings.VALUE' }).c).toBe(0);
    expect(outOf({ rate: 'settings.VALUE', writes: 'settings.VALUE = 1 / width' }).c).toBeNull();
  });

  it('leaves all that has another name as it is', () => {
    const writes = 'settings.OTHER = width; settings.Given.other = width; torch.VALUE = width';
    expect(outOf({ std: 'settings.VALUE', writes }).b).toBe(0);
    expect(outOf({ std: "settings.GIVEN['value']", writes }).b).toBe(0);
    expect(outOf({ std: 'settings.Given.value', writes }).b).toBe(0);
  });

  it('is not known either where a script of another file writes it', () => {
    const script = (writes: string) => `import settings, net\n${writes}\nmodel = net.Net(256)\n`;
    expect(outOf({ std: 'settings.VALUE' }, script('pass')).b).toBe(0);
    expect(outOf({ std: 'settings.VALUE' }, script('settings.VALUE = 256 ** -0.5')).b).toBeNull();
    const head = 'VALUE = 1.0';
    expect(outOf({ head, std: 'VALUE' }, script('net.VALUE = 256 ** -0.5')).b).toBeNull();
  });
});

const FIELDS = 'from types import SimpleNamespace\nCFG = SimpleNamespace(value=1.0, other=1.0)';
const INSTANCE = `class Given:
    value = 1.0
    def __init__(self):
        self.own = 1.0
    def change(self, value):
        self.own = value
CFG = Given()`;
const CHANGING = `${FIELDS}\ndef change(given, value):\n    given.value = value`;
const NESTED = 'from types import SimpleNamespace\nCFG = SimpleNamespace(sub=SimpleNamespace(value=1.0))';

describe('what functions write into what has a name at the top of the module', () => {
  it.each([
    ['CFG.value', 'CFG.value = width ** -0.5', FIELDS],
    ['CFG.value', 'CFG.value *= width', FIELDS],
    ['CFG.value', 'CFG.value, own = width, 1', FIELDS],
    ['CFG.value', 'own = CFG; own.value = width', FIELDS],
    ['CFG.value', "setattr(CFG, 'value', width)", FIELDS],
    ['CFG.value', "object.__setattr__(CFG, 'value', width)", FIELDS],
    ['CFG.value', 'for name in names: setattr(CFG, name, width)', FIELDS],
    ['CFG.value', 'vars(CFG).update(value=width)', FIELDS],
    ['CFG.value', "vars(CFG)['value'] = width", FIELDS],
    ['CFG.value', "CFG.__dict__['value'] = width", FIELDS],
    ['CFG.value', "CFG.__dict__.update({'value': width})", FIELDS],
    ['CFG.value', 'own = vars(CFG); own.update(given)', FIELDS],
    ['CFG.value', 'change(CFG, width)', CHANGING],
    ['CFG.value', 'CFG.value = width', INSTANCE],
    ['CFG.own', 'CFG.change(width)', INSTANCE],
    ['CFG.sub.value', 'CFG.sub.value = width', NESTED],
    ['GIVEN["value"]', "GIVEN['value'] = width", "GIVEN = {'value': 1.0}"],
    ['GIVEN["value"]', 'GIVEN.update(value=width)', "GIVEN = {'value': 1.0}"],
    ['VALUE', "globals()['VALUE'] = width", 'VALUE = 1.0'],
    ['VALUE', 'globals().update(VALUE=width)', 'VALUE = 1.0'],
    ['VALUE', 'globals().update(given)', 'VALUE = 1.0'],
    ['VALUE', 'own = globals(); own["VALUE"] = width', 'VALUE = 1.0'],
    ['VALUE', "setattr(sys.modules[__name__], 'VALUE', width)", 'import sys\nVALUE = 1.0'],
    ['VALUE', "exec('global VALUE; VALUE = 0')", 'VALUE = 1.0'],
    ['VALUE', "exec(f'global VALUE; {given}')", 'VALUE = 1.0'],
    ['VALUE', "exec('OTHER = 2; VALUE *= 2', globals())", 'VALUE = 1.0'],
    ['VALUE', 'exec(given, globals())', 'VALUE = 1.0'],
  ])('%s is not what it was after %s', (read, writes, head) => {
    expect(outOf({ head, std: read }).b).toBe(0);
    expect(outOf({ head, std: read, writes }).b).not.toBe(0);
    expect(outOf({ head, gain: read, writes }).a).toBeNull();
  });

  it('an entry of a dict is not known where a function sets it that nothing in sight calls', () => {
    const head = (line: string) => `GIVEN = {'value': 1.0, 'other': 1.0}\ndef change(size):\n    ${line}`;
    for (const line of ["GIVEN['value'] = size ** -0.5", 'GIVEN.update(value=size)', 'GIVEN.update(size)'])
      expect(outOf({ head: head(line), std: 'GIVEN["value"]' }).b, line).toBeNull();
    expect(outOf({ head: head("GIVEN['other'] = size"), std: 'GIVEN["value"]' }).b).toBe(0);
  });

  it.each([
    ['FIELDS.value', 'FIELDS.value = width', 'from settings import FIELDS'],
    ['FIELDS.value', 'vars(FIELDS).update(value=width)', 'from settings import FIELDS'],
    ['settings.FIELDS.value', 'settings.FIELDS.value = width', 'import settings'],
    ['settings.VALUE', 'vars(settings).update(VALUE=width)', 'import settings'],
    ['settings.VALUE', "settings.__dict__['VALUE'] = width", 'import settings'],
    ['settings.FIELDS.value', 'settings.change(width)', 'import settings'],
    ['settings.OWN', 'pass', 'import settings'],
  ])('%s of another module is not known after %s', (read, writes, head) => {
    expect(outOf({ head, gain: read, writes }).a).toBeNull();
  });

  it.each([
    ['CFG.value', 'CFG.other = width; vars(CFG).update(other=width)', FIELDS],
    ['CFG.value', 'CFG = Net(width); CFG.value = width', FIELDS],
    ['VALUE', "globals()['OTHER'] = width; found = globals()['Net']", 'VALUE = OTHER = 1.0'],
    ['FIELDS.value', 'FIELDS.other = width', 'from settings import FIELDS'],
    ['VALUE', "exec('VALUE = 2'); exec('global OTHER; OTHER = 2')", 'VALUE = OTHER = 1.0'],
    ['VALUE', "exec('OTHER = VALUE == 2', globals())", 'VALUE = OTHER = 1.0'],
  ])('%s stays what it is after %s', (read, writes, head) => {
    expect(outOf({ head, std: read, writes }).b).toBe(0);
  });

  it('is what a script sets before it makes its model', () => {
    expect(outOf({ head: `${FIELDS}\nCFG.value = 1.0`, std: 'CFG.value' }).b).toBe(0);
  });

  it('counts as soon as it is written', async () => {
    const own = await loadTestAnalyser();
    const text = (writes: string) => `${trained({ head: FIELDS, std: 'CFG.value' })}
def configure(given):
    ${writes}
`;
    const start = (of: string) =>
      own.analyse(of).models[0]?.weights.find(({ name }) => name === 'out.weight')?.b;
    expect(start(text('pass'))).toBe(0);
    expect(start(text('CFG.value = given'))).toBeNull();
    expect(start(text('pass'))).toBe(0);
  });
});
