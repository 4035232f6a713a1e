import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inModel } from '../fuzz/adversarial/named-text.ts';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const MODEL = join(import.meta.dirname, '../../examples/pytorch-mlp/model.py');

/** Each once ended the run, or threw, so that nothing of the other files was printed. */
const HOSTILE: Readonly<Record<string, string>> = {
  'b-split.py': inModel("s = 'ab'", 'for i in range(27): s = s + s', "s.split('b')"),
  'c-double.py': inModel("s = 'ab'", 'for i in range(60): s = s + s'),
  'd-lists.py': inModel('xs = [1, 2]', 'for i in range(60): xs = xs + xs'),
  'e-elif.py': inModel(
    'if width == 0: pass',
    ...Array.from({ length: 2500 }, (_, i) => `elif width == ${i}: pass`),
  ),
  'f-brackets.py': `import torch\n${'([{'.repeat(33_000)}\n`,
};

test('lint prints the findings of all other files whatever some of them hold', async () => {
  const folder = await emptyFolder();
  await copyFile(MODEL, join(folder, 'a.py'));
  await copyFile(MODEL, join(folder, 'z.py'));
  for (const [name, text] of Object.entries(HOSTILE)) await writeFile(join(folder, name), text);
  const { code, stdout, stderr } = await widthwise(folder, ['lint', '.', '--profile', 'mup', '--json', '-']);
  const { files, unread, findings } = JSON.parse(stdout);
  const found = (name: string): number =>
    findings.filter(({ file }: { file: string }) => file === name).length;
  expect([found('a.py'), found('z.py')]).toEqual([2, 2]);
  const named = new Set([...files, ...unread.map(({ file }: { file: string }) => file)]);
  expect([...named].sort()).toEqual(['a.py', ...Object.keys(HOSTILE), 'z.py']);
  for (const { file, why } of unread) expect(stderr).toContain(`widthwise: ${file} ${why.slice(0, 40)}`);
  expect(code).toBe(unread.length > 0 ? 2 : 1);
});
