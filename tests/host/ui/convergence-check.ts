import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, it } from 'mocha';
import { examples } from '../product.ts';
import { useWorkbench } from './use-workbench.ts';
import type { Product } from './workbench.ts';

const CHECK = { data: 'digits:8', widths: [64, 128, 256], depth: 2, steps: 100, seeds: 2 };

export function convergenceCheckSuite(product: Product): void {
  describe('a convergence check, from the palette', () => {
    const settings = Object.fromEntries(
      Object.entries(CHECK).map(([name, value]) => [`widthwise.check.${name}`, value]),
    );
    const workbench = useWorkbench(product, { workspace: path.join(examples, 'pytorch-mlp'), settings });
    before(() => workbench().openFile('model.py'));

    it('answers in a sentence, then with layers, hypotheses and a map', async () => {
      await workbench().runCommand('Widthwise: Run Convergence Check');
      await workbench().panel.reaches('finished');
      const words = await workbench().panel.words();
      await workbench().shoot('panel-convergence-check');
      assert.deepEqual(await workbench().panel.violations(), []);
      assert.match(words, /μP at width 256 has (all but stopped|not stopped)/);
      assert.match(words, /Stationary\? The error/);
      assert.match(words, /layer 2/);
      assert.match(words, /✓ parametrization/);
    });
  });
}
