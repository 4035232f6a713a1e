import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, it } from 'mocha';
import { examples } from '../product.ts';
import { useWorkbench } from './use-workbench.ts';
import type { Product } from './workbench.ts';

const FIX = 'width ** -0.5';

export function editorSuite(product: Product): void {
  describe('a model that means μP, in the editor', () => {
    const workbench = useWorkbench(product, { workspace: path.join(examples, 'pytorch-mlp') });
    before(() => workbench().openFile('model.py'));

    it('has squiggles', async () => {
      await workbench().squiggles.first().waitFor();
    });

    it('stands in the Problems panel', async () => {
      await workbench().showProblems();
      await workbench().problems.first().waitFor();
      await workbench().shoot('editor-problems');
    });

    it('loses its squiggles to the fix as it is typed, and has them back when it is undone', async () => {
      await workbench().typeOver('model.py', '0.02', FIX);
      await workbench().squiggles.first().waitFor({ state: 'detached' });
      assert.equal(await workbench().problems.count(), 0);
      await workbench().undoAll(FIX.length);
      await workbench().squiggles.first().waitFor();
      await workbench().problems.first().waitFor();
    });
  });
}
