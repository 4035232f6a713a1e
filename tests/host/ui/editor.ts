import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { examples } from '../product.ts';
import { HOSTILE } from './hostile.ts';
import { useWorkbench } from './use-workbench.ts';
import type { Product } from './workbench.ts';

const FIX = 'width ** -0.5';
/** Hidden layers of examples/pytorch-mlp, each with an initialization that does not shrink. */
const HIDDEN = 2;

export function editorSuite(product: Product): void {
  describe('a model that means μP, in the editor', () => {
    const workbench = useWorkbench(product, { workspace: path.join(examples, 'pytorch-mlp') });
    before(() => workbench().openFile('model.py'));

    it('has squiggles', async () => {
      await workbench().squiggles.first().waitFor();
    });

    it('has what was found in its language status', async () => {
      await workbench().showLanguageStatus('Widthwise: 2 findings');
      await workbench().shoot('editor-status');
      await workbench().page.keyboard.press('Escape');
    });

    it('stands in the Problems panel', async () => {
      await workbench().showProblems();
      await workbench().problems.first().click();
      await workbench().shoot('editor-problems');
    });

    it('stands in the view of findings, under its model', async () => {
      await workbench().showFindings();
      const { findings } = workbench();
      await findings
        .filter({ hasText: 'MUP101' })
        .nth(HIDDEN - 1)
        .waitFor();
      await workbench().shoot('editor-findings');
      await findings.filter({ hasText: 'MUP101' }).first().click();
      await workbench().squiggles.first().waitFor();
    });

    it('loses its squiggles to the fix as it is typed, and has them back when it is undone', async () => {
      await workbench().typeOverEach('model.py', '0.02', FIX);
      await workbench().squiggles.first().waitFor({ state: 'detached' });
      await workbench().problems.first().waitFor({ state: 'detached' });
      await workbench().undoAll();
      await workbench()
        .squiggles.nth(HIDDEN - 1)
        .waitFor();
      await workbench()
        .problems.nth(HIDDEN - 1)
        .waitFor();
    });
  });

  describe('a file that is made to bring the server down, in the editor', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'widthwise-hostile-'));
    cpSync(path.join(examples, 'pytorch-mlp'), folder, { recursive: true });
    writeFileSync(path.join(folder, 'hostile.py'), HOSTILE);
    after(() => rmSync(folder, { recursive: true }));
    const workbench = useWorkbench(product, { workspace: folder });

    it('leaves its neighbour the squiggles and the lens, and the server as it is', async () => {
      await workbench().openFile('hostile.py');
      await workbench().lenses.first().waitFor();
      const { server } = workbench();
      await workbench().goToFile('model.py');
      await workbench()
        .squiggles.nth(HIDDEN - 1)
        .waitFor();
      await workbench().lenses.first().waitFor();
      await workbench().shoot('editor-hostile-neighbour');
      assert.equal(workbench().server, server);
      assert.equal(await workbench().notifications.count(), 0);
    });

    it('even where its analyser dies: the next thing that is typed is read by another', async () => {
      const { server } = workbench();
      workbench().killAnalysers();
      await workbench().typeOverEach('model.py', '0.02', FIX);
      await workbench().squiggles.first().waitFor({ state: 'detached' });
      assert.equal(workbench().server, server);
    });
  });

  describe('a model without a sign of μP, in the editor', () => {
    const workbench = useWorkbench(product, { workspace: path.join(examples, 'plain-mlp') });
    before(() => workbench().openFile('model.py'));

    it('has one lens and no squiggle', async () => {
      await workbench().lenses.first().waitFor();
      await workbench().shoot('editor-lens');
      assert.equal(await workbench().lenses.count(), 1);
      assert.equal(await workbench().squiggles.count(), 0);
    });
  });
}
