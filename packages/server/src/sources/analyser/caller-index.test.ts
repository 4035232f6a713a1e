import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../../../test/folder-of.ts';
import { slashed } from './slashed.ts';
import { WorkspaceFiles } from './workspace-files.ts';

const TRAINS = 'torch.optim.AdamW(model.parameters())\n';

/** The files of a project that train the model `Net` of one of them. */
async function callersOf(path: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const root = await folderOf({ [path]: 'class Net: ...\n', ...files });
  const absolute = join(root, path);
  const { workspace } = new WorkspaceFiles().placeOf({ path: absolute, root, version: 0 });
  const found = workspace.callers?.(slashed(absolute), ['Net']) ?? [];
  return found.map((one) => one.path.slice(slashed(root).length + 1));
}

describe('the files that train a model', () => {
  test('import its module and name an optimizer', async () => {
    const files = {
      'train.py': `from model import Net\n${TRAINS}`,
      'finetune.py': `import model as m\n${TRAINS}`,
      'sample.py': 'from model import Net\n',
      'other.py': `from models import Net\n${TRAINS}`,
      'unrelated.py': TRAINS,
    };
    expect(await callersOf('model.py', files)).toEqual(['finetune.py', 'train.py']);
  });

  test('are looked for in the folder, above it, and then in others', async () => {
    const files = {
      'p/__init__.py': '',
      'p/train.py': `from .model import (\n    Net,\n)\n${TRAINS}`,
      'run.py': `import torch, p.model\n${TRAINS}`,
      'scripts/train.py': `from p.model import Net\n${TRAINS}`,
      'tests/test_train.py': `from p.model import Net\n${TRAINS}`,
      'venv/pyvenv.cfg': '',
      'venv/train.py': `from p.model import Net\n${TRAINS}`,
    };
    expect(await callersOf('p/model.py', files)).toEqual(['p/train.py', 'run.py', 'scripts/train.py']);
  });

  test('may take it from a package that hands it on', async () => {
    const files = { 'p/__init__.py': 'from .model import Net', 'train.py': `from p import Net\n${TRAINS}` };
    expect(await callersOf('p/model.py', files)).toEqual(['train.py']);
    const others = { 'p/__init__.py': '', 'train.py': `from p import Other\n${TRAINS}` };
    expect(await callersOf('p/model.py', others)).toEqual([]);
  });

  test('come behind those that import it where they have it from what others make of it, or only call what trains', async () => {
    const files = {
      'p/__init__.py': '',
      'p/builder.py': 'from .model import Net\ndef build(width): return Net(width)\n',
      'p/wrapper.py':
        'from .builder import build\nclass Whole:\n    def __init__(self): self.net = build(64)\n',
      'a_loop.py': 'from p.model import Net\nfrom loops import TrainLoop\nTrainLoop(Net(64)).run()\n',
      'b_train.py': `from p.wrapper import Whole\n${TRAINS}`,
      'c_train.py': `from p.builder import build\n${TRAINS}`,
      'd_train.py': `from p.model import Net\n${TRAINS}`,
      'other.py': `from p.builder import something\n${TRAINS}`,
      'sample.py': 'from p.model import Net\nNet(64).train()\n',
    };
    const names = await callersOf('p/model.py', files);
    expect(names).toEqual(['d_train.py', 'c_train.py', 'b_train.py', 'a_loop.py']);
  });
});

test('the files that use a model import it by name, whatever they do with it', async () => {
  const root = await folderOf({
    'p/__init__.py': 'from .model import Net\ndef small(): return Net.Config()\n',
    'p/model.py': 'class Net: ...\n',
    'p/other.py': 'from .model import Other\n',
    'run.py': 'from p import Net as Model\n',
    'star.py': 'import p.model\n',
  });
  const absolute = join(root, 'p/model.py');
  const { workspace } = new WorkspaceFiles().placeOf({ path: absolute, root, version: 0 });
  const found = workspace.users?.(slashed(absolute), 'Net') ?? [];
  expect(found.map((one) => one.path.slice(slashed(root).length + 1))).toEqual(['p/__init__.py', 'run.py']);
});

test('a file is looked at again each time, or as long as files stay as they are once a version', async () => {
  const [none, imports] = [TRAINS, `from model import Net\n${TRAINS}`];
  const root = await folderOf({ 'model.py': 'class Net: ...\n', 'train.py': none });
  const [files, path] = [new WorkspaceFiles(), join(root, 'model.py')];
  const count = (version: number, isStill: boolean) =>
    files.placeOf({ path, root, version, isStill }).workspace.callers?.(slashed(path), ['Net']).length;
  expect(count(0, true)).toBe(0);
  await writeFile(join(root, 'train.py'), imports);
  expect([count(0, true), count(0, false)]).toEqual([0, 1]);
  await writeFile(join(root, 'train.py'), none);
  expect([count(0, true), count(1, true)]).toEqual([1, 0]);
});
