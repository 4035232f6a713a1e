import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { type CodeAction, CodeActionTriggerKind } from 'vscode-languageserver';
import { analyserInProcess } from '../../../test/analyser-in-process.ts';
import { folderOf } from '../../../test/folder-of.ts';
import { type NotebookEditor, openNotebook } from '../../../test/notebook-editor.ts';

const IMPORTS = '%pip install torch\nimport torch\nfrom torch import nn\n# widthwise: width(n)';
const MODEL = `class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.first = nn.Linear(10, n)
        self.second = nn.Linear(n, n)
        self.third = nn.Linear(n, n)
        self.last = nn.Linear(n, 10)
        nn.init.normal_(self.second.weight, std=0.02)
        nn.init.normal_(self.third.weight, std=0.02)

    def forward(self, x):
        h = self.third(self.second(self.first(x).tanh()).tanh())
        return self.last(h.tanh())`;
const TRAINING = '%%time\nnet = Net(512)\nadam = torch.optim.Adam(net.parameters(), lr=1e-3)';
const CELLS = [IMPORTS, { languageId: 'sql', text: 'SELECT 1' }, MODEL, TRAINING];
const [FIRST, , NET, OPTIMIZER] = [0, 1, 2, 3] as const;
const SETTINGS = { settings: { profile: 'mup' } };
const INIT = 'nn.init.normal_(self.second';

let editor: NotebookEditor;
afterEach(() => editor.client.dispose());

const titled = (actions: readonly CodeAction[], title: string): CodeAction | undefined =>
  actions.find((one) => one.title.startsWith(title));

/** The codes of what is found after an action, in all cells. */
async function codesAfter(action: CodeAction | undefined): Promise<readonly unknown[]> {
  const texts = editor.after(action);
  for (const [index, text] of texts.entries()) {
    if (index === 1) continue;
    const coming = editor.all();
    await editor.type(index, text);
    await coming;
  }
  return [...editor.told.values()].flat().map(({ code }) => code);
}

test('a fix edits the cell of its finding, which vanishes', async () => {
  editor = await openNotebook(CELLS, SETTINGS);
  const actions = await editor.actions(NET, INIT);
  expect(actions.map(({ title }) => title)).toEqual([
    'Make it proportional to n^-½ (same numbers at the base width)',
    'Fix all 2 of MUP101 in this notebook (same numbers at the base width)',
    'Disable MUP101 for this line',
    'Disable MUP101 in this notebook',
    'Disable MUP101 for this project',
  ]);
  expect(actions[0]).toMatchObject({ isPreferred: true, diagnostics: [{ code: 'MUP101' }] });
  expect(editor.after(actions[0])).toMatchObject({
    [NET]: MODEL.replace('std=0.02', 'std=0.02 * (512 / n) ** 0.5'),
    [OPTIMIZER]: TRAINING,
  });
  expect(await codesAfter(actions[0])).toEqual(['MUP104', 'MUP101', 'MUP301', 'MUP302']);
});

test('below a magic, too', async () => {
  editor = await openNotebook(CELLS, SETTINGS);
  const fix = titled(await editor.actions(OPTIMIZER, 'torch.optim'), 'Give them a parameter group');
  expect(editor.after(fix)[OPTIMIZER]).toMatch(/^%%time\nnet = Net\(512\)\nadam = torch\.optim\.Adam\(\[\n/);
  expect(await codesAfter(fix)).not.toContain('MUP301');
});

test('what is mended in several cells says so, and is asked for once a notebook and not once a cell', async () => {
  editor = await openNotebook(CELLS, SETTINGS);
  const automatic = { triggerKind: CodeActionTriggerKind.Automatic };
  const ofCell = { only: ['source.fixAll', 'source.fixAll.widthwise'] };
  expect(await editor.actions(NET, 'class', { ...ofCell, ...automatic })).toEqual([]);
  expect(await editor.actions(NET, 'class', ofCell)).toHaveLength(1);
  const kind = 'notebook.source.fixAll.widthwise';
  const [all] = await editor.actions(FIRST, '%pip', { only: [kind], ...automatic });
  expect(all).toMatchObject({ kind, title: 'Fix all (same numbers at the base width), edits 2 cells' });
  expect(await codesAfter(all)).toEqual([]);
});

test('a rule is silenced from the top of the notebook', async () => {
  editor = await openNotebook(CELLS, SETTINGS);
  const off = titled(await editor.actions(NET, INIT), 'Disable MUP101 in this notebook');
  expect(editor.after(off)[FIRST]).toBe(`# widthwise: off[MUP101]\n${IMPORTS}`);
  expect(await codesAfter(off)).toEqual(['MUP104', 'MUP301', 'MUP302']);
});

test('what would push a magic from the top of its cell is not offered', async () => {
  const marked = `# widthwise: width(n)\n${MODEL}`;
  editor = await openNotebook(['%%time\nimport torch\nfrom torch import nn', marked, TRAINING], SETTINGS);
  const disabling = (await editor.actions(1, INIT)).map(({ title }) => title);
  expect(disabling).toContain('Disable MUP101 for this line');
  expect(disabling).not.toContain('Disable MUP101 in this notebook');
});

test('nothing is offered of cells of which any has changed meanwhile', async () => {
  const analyser = analyserInProcess();
  let changes = 0;
  editor = await openNotebook(CELLS, {
    ...SETTINGS,
    analyser: {
      ...analyser,
      async analyse(job, signal) {
        // Somebody types in another cell while the fix is proved.
        if (job.text.includes('(512 / n)') && changes++ === 0) {
          const coming = editor.all();
          await editor.type(OPTIMIZER, `${TRAINING}\n`);
          await coming;
        }
        return analyser.analyse(job, signal);
      },
    },
  });
  expect(await editor.actions(NET, INIT)).toEqual([]);
  expect(titled(await editor.actions(NET, INIT), 'Make it')).toBeDefined();
});

test('a notebook that is read-only is not edited', async () => {
  const file = join(await folderOf({ 'train.ipynb': '{}' }), 'train.ipynb');
  await chmod(file, 0o444);
  editor = await openNotebook(CELLS, { ...SETTINGS, uri: pathToFileURL(file).href });
  const titles = (await editor.actions(NET, INIT)).map(({ title }) => title);
  expect(titles).toEqual(['Disable MUP101 for this project']);
});
