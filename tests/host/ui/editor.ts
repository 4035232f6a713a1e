import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { examples } from '../product.ts';
import { type Product, Workbench } from './workbench.ts';

const FIX = 'width ** -0.5';

export function editorSuite(product: Product): void {
  describe('a model that means μP, in the editor', () => {
    let workbench: Workbench;
    before(async () => {
      workbench = await Workbench.open(product, { workspace: path.join(examples, 'pytorch-mlp') });
      await workbench.openFile('model.py');
    });
    after(() => workbench?.close());

    it('has squiggles', async () => {
      await workbench.squiggles.first().waitFor();
    });

    it('stands in the Problems panel', async () => {
      await workbench.showProblems();
      await workbench.problems.first().waitFor();
      await workbench.shoot('editor-problems');
    });

    it('loses its squiggles to the fix as it is typed, and has them back when it is undone', async () => {
      await workbench.typeOver('model.py', '0.02', FIX);
      await workbench.squiggles.first().waitFor({ state: 'detached' });
      assert.equal(await workbench.problems.count(), 0);
      await workbench.undoAll(FIX.length);
      await workbench.squiggles.first().waitFor();
      await workbench.problems.first().waitFor();
    });
  });
}
