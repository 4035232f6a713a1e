import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, it } from 'mocha';
import { examples } from '../product.ts';
import { asSettings, type Training } from './expected.ts';
import { useWorkbench } from './use-workbench.ts';
import type { Product } from './workbench.ts';

const SMALL: Training = {
  data: 'digits:16',
  widths: [16, 32, 64],
  parametrizations: ['sp', 'mup'],
  steps: 4,
  seeds: 2,
};
/** Takes minutes unless it is cancelled. */
const LONG_CHECK = {
  'widthwise.coordCheck.widths': [512, 1024, 2048],
  'widthwise.coordCheck.steps': 200,
  'widthwise.coordCheck.seeds': 40,
};

/** What was run stays at hand: opened, compared and deleted from its view, and what was chosen of it stays chosen. */
export function runsSuite(product: Product): void {
  describe('what was run', () => {
    const workbench = useWorkbench(product, {
      workspace: path.join(examples, 'pytorch-mlp'),
      settings: { ...asSettings(SMALL), ...LONG_CHECK },
    });
    before(async () => {
      await workbench().openFile('model.py');
      await workbench().runCommand('Widthwise: Compare Parametrizations');
      await workbench().panel.reaches('finished');
    });

    it('keeps the layer and the run that a person picked when it is hidden, reloaded, and its server dies', async () => {
      const { panel } = workbench();
      await panel.pickLayer(2);
      await panel.pick('mup', 16);
      const chosen = await panel.choice();
      assert.equal(chosen.layer, '2');
      assert.match(chosen.run, /μP.*16/);
      await workbench().coverPanel();
      await workbench().uncoverPanel();
      await panel.reaches('finished');
      assert.deepEqual(await panel.choice(), chosen, 'hidden and shown');
      await workbench().reload();
      await panel.reaches('finished');
      assert.deepEqual(await panel.choice(), chosen, 'reloaded');
      const { server } = workbench();
      await workbench().killServer();
      await workbench().shoot('runs-server-died');
      await workbench().serverReplaces(server);
      // One that ends before it has begun is not started again.
      await workbench().squiggles.first().waitFor();
      await panel.reaches('finished');
      assert.deepEqual(await panel.choice(), chosen, 'server died');
      await workbench().shoot('runs-after-server');
    });

    it('stands there when the server dies again, and another may be started then', async () => {
      const { panel, server } = workbench();
      await workbench().killServer();
      await workbench().serverReplaces(server);
      await panel.reaches('finished');
      await workbench().squiggles.first().waitFor();
      await workbench().runCommand('Widthwise: Run Coordinate Check');
      await panel.titled('μP on digits');
      await panel.reaches('running');
    });

    it('stands in a view, running or finished, and is opened from there', async () => {
      const { panel, runs } = workbench();
      await workbench().showRuns();
      await runs.nth(1).waitFor();
      await workbench().shoot('runs-running');
      assert.match(await runs.nth(0).innerText(), /Coordinate Check · digits[\s\S]*running/);
      assert.match(await runs.nth(1).innerText(), /Compare Parametrizations · digits/);
      await runs.nth(1).click();
      await panel.titled('Comparison on');
      await panel.reaches('finished');
      await workbench().shoot('runs-opened');
    });

    it('is set beside another', async () => {
      const { page, runs } = workbench();
      await runs.nth(0).click();
      await runs.nth(1).click({ modifiers: ['Control'] });
      await workbench().takeFromMenu(runs.nth(1), 'Compare Two Runs');
      const preview = page.frameLocator('iframe.webview').last().frameLocator('#active-frame');
      await preview.getByRole('heading', { name: 'Two runs' }).waitFor();
      await workbench().shoot('runs-compared');
      assert.match(await preview.locator('body').innerText(), /state\s+running\s+finished/);
      await page.locator('.tab', { hasText: 'Two runs' }).click();
      await workbench().runCommand('View: Close Editor');
      await page.locator('iframe.webview').nth(1).waitFor({ state: 'detached' });
    });

    it('is ended with its row', async () => {
      const { panel, runs } = workbench();
      const check = runs.filter({ hasText: 'Coordinate Check' });
      await check.click();
      await panel.titled('μP on digits');
      await panel.reaches('running');
      await workbench().takeFromMenu(check, 'Delete Run');
      await panel.reaches('cancelled', 20_000);
      await workbench().shoot('runs-deleted');
      assert.equal(await runs.count(), 1);
    });
  });
}
