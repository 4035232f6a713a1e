import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { examples } from '../product.ts';
import { accessibleInEveryTheme } from './themes.ts';
import { useWorkbench } from './use-workbench.ts';
import type { Product } from './workbench.ts';

const FACTORY = 'widthwise_model__Classifier.py';

/** A folder with a model and a virtual environment whose Python stands for one that has torch. */
function folderWithPython(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'widthwise-model-check-'));
  cpSync(path.join(examples, 'pytorch-mlp/model.py'), path.join(folder, 'model.py'));
  const bin = path.join(folder, '.venv/bin');
  mkdirSync(bin, { recursive: true });
  const script = path.join(import.meta.dirname, 'fake-python.mjs');
  writeFileSync(path.join(bin, 'python'), `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`, {
    mode: 0o755,
  });
  return folder;
}

export function modelCheckSuite(product: Product): void {
  describe('a model, from its lens', () => {
    const folder = folderWithPython();
    after(() => rmSync(folder, { recursive: true }));
    const workbench = useWorkbench(product, { workspace: folder });
    before(() => workbench().openFile('model.py'));

    it('is checked once a person has agreed, and each row leads to its line', async () => {
      const { page, workspace } = workbench();
      await page.locator('.codelens-decoration a', { hasText: 'Check this model' }).click();
      const dialog = page.locator('.monaco-dialog-box');
      await dialog.waitFor();
      await workbench().shoot('model-check-asks');
      assert.match(await dialog.innerText(), /at widths 64, 128, 256 and 512\?[\s\S]*refused the network/);
      assert.ok(!existsSync(path.join(workspace, FACTORY)));
      await dialog.getByText('Run It').click();
      const frame = page.frameLocator('iframe.webview').frameLocator('#active-frame');
      // Two commands, of which each starts an analyser.
      await frame
        .locator('#places')
        .waitFor({ timeout: 150_000 })
        .finally(() => workbench().shoot('model-check-ends'));
      assert.deepEqual(await workbench().panel.violations(), []);
      assert.match(await frame.locator('#status').innerText(), /^✗ Net fails/);
      assert.match(await frame.locator('#places tbody tr').innerText(), /mix1[\s\S]*n\^-½[\s\S]*η/);
      await frame.locator('#places .place').first().click();
      await frame.locator('#places tr.here').waitFor();
      await workbench().runCommand('View: Toggle Primary Side Bar Visibility');
      await workbench().shoot('model-check');
      for (const [width, pixels] of Object.entries({ narrow: 648, 'at-2560-px': 5168 })) {
        // Half of the window is the page's, beside the code and less what stands at the left.
        await page.setViewportSize({ width: pixels, height: 1400 });
        await workbench().shoot(`model-check-${width}`);
        assert.deepEqual(await workbench().panel.cutOff(), [], width);
      }
      await page.setViewportSize({ width: 1400, height: 900 });
      await accessibleInEveryTheme(workbench(), 'model-check');
    });

    it('is an item of the Testing view, which fails with what was found', async () => {
      const { page } = workbench();
      await workbench().showTests();
      assert.deepEqual(await workbench().tests.allInnerTexts(), [FACTORY]);
      await workbench().runTests();
      const dialog = page.locator('.monaco-dialog-box', { hasText: `make of ${FACTORY}` });
      await dialog.getByText('Run It').click();
      await workbench()
        .tests.locator('.codicon-testing-failed-icon')
        .waitFor({ timeout: 150_000 })
        .finally(() => workbench().shoot('model-check-testing'));
    });
  });

  describe('a model of a folder that is not trusted, from its lens', () => {
    const folder = folderWithPython();
    after(() => rmSync(folder, { recursive: true }));
    const workbench = useWorkbench(product, { workspace: folder, restricted: true });
    before(() => workbench().openFile('model.py'));

    it('is not run, and that is said', async () => {
      const { page, workspace } = workbench();
      await page.locator('.codelens-decoration a', { hasText: 'Check this model' }).click();
      // A window that has no focus shows no toast.
      await workbench().runCommand('Notifications: Show Notifications');
      await workbench()
        .notifications.filter({ hasText: 'nothing of a folder is run in Restricted Mode' })
        .first()
        .waitFor()
        .finally(() => workbench().shoot('model-check-restricted'));
      assert.ok(!existsSync(path.join(workspace, FACTORY)));
    });

    it('is not run from the Testing view, either', async () => {
      const { page, workspace } = workbench();
      writeFileSync(path.join(workspace, FACTORY), "open('ran', 'w')\n\n\ndef make(width): ...\n");
      await workbench().showTests();
      await workbench().runTests();
      // The editor itself asks for trust before any test.
      const dialog = page.locator('.monaco-dialog-box', { hasText: 'Do you trust the authors' });
      await dialog
        .getByText('Cancel')
        .click()
        .finally(() => workbench().shoot('model-check-testing-restricted'));
      await dialog.waitFor({ state: 'detached' });
      assert.ok(!existsSync(path.join(workspace, 'ran')));
    });
  });
}
