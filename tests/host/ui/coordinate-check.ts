import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { before, describe, it } from 'mocha';
import { examples, repo } from '../product.ts';
import { useWorkbench } from './use-workbench.ts';
import type { Product } from './workbench.ts';

const CHECK = { parametrization: 'sp', widths: [64, 128, 256], steps: 2, seeds: 3 };

/** What `widthwise coord-check` prints for the same check, where nothing of it is kept. */
async function printed(): Promise<string> {
  const cwd = mkdtempSync(path.join(tmpdir(), 'widthwise-check-'));
  const cli = path.join(repo, 'packages/server/bin/widthwise.js');
  const options = Object.entries(CHECK).flatMap(([name, value]) => [`--${name}`, String(value)]);
  try {
    await promisify(execFile)(process.execPath, [cli, 'coord-check', ...options], { cwd });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

export function coordinateCheckSuite(product: Product): void {
  describe('a coordinate check, from the palette', () => {
    const settings = Object.fromEntries(
      Object.entries(CHECK).map(([name, value]) => [`widthwise.coordCheck.${name}`, value]),
    );
    const workbench = useWorkbench(product, { workspace: path.join(examples, 'pytorch-mlp'), settings });
    before(() => workbench().openFile('model.py'));

    it('ends with the slopes and the verdict of the command line', async () => {
      const expected = await printed();
      await workbench().runCommand('Widthwise: Run Coordinate Check');
      await workbench().panel.reaches('finished');
      const words = await workbench().panel.words();
      await workbench().shoot('panel-coordinate-check');
      assert.deepEqual(await workbench().panel.violations(), []);
      const slopes = expected.match(/[+−]\d\.\d\d(?= ±)/g) ?? [];
      assert.ok(slopes.length >= 12, expected);
      for (const slope of slopes) assert.ok(words.includes(slope), `${slope} in ${words}`);
      assert.match(words, /SP, η\/n fails/);
    });
  });
}
