import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { examples } from '../product.ts';
import { asSettings, type Training } from './expected.ts';
import { HOSTILE } from './hostile.ts';
import { useWorkbench } from './use-workbench.ts';
import type { Product } from './workbench.ts';

/** What the user asks for, in settings of their own. */
const OWN: Training = {
  data: 'digits',
  widths: [16, 32],
  parametrizations: ['sp', 'mup'],
  steps: 2,
  seeds: 1,
};
/** What the folder asks for instead: hours. */
const COSTLY = asSettings({ ...OWN, widths: [4096, 8192], steps: 1000, seeds: 50 });

/** A folder of a stranger's, opened to be read before it is trusted. */
export function restrictedSuite(product: Product): void {
  describe('a folder that is not trusted', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'widthwise-restricted-'));
    cpSync(path.join(examples, 'pytorch-mlp'), folder, { recursive: true });
    rmSync(path.join(folder, '.widthwise'), { recursive: true, force: true });
    writeFileSync(path.join(folder, 'hostile.py'), HOSTILE);
    mkdirSync(path.join(folder, '.vscode'));
    writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify(COSTLY));
    after(() => rmSync(folder, { recursive: true }));
    const workbench = useWorkbench(product, {
      workspace: folder,
      settings: asSettings(OWN),
      restricted: true,
    });
    before(() => workbench().restrictedBanner.waitFor());

    it('has its squiggles and lens beside a file that is made to bring the server down', async () => {
      await workbench().openFile('hostile.py');
      await workbench().lenses.first().waitFor();
      const { server } = workbench();
      await workbench().goToFile('model.py');
      await workbench().squiggles.nth(1).waitFor();
      await workbench().lenses.first().waitFor();
      await workbench().shoot('restricted-neighbour');
      assert.equal(workbench().server, server);
      assert.equal(await workbench().notifications.count(), 0);
    });

    it('trains what the user asks for, not what the folder does, and keeps nothing there', async () => {
      await workbench().runCommand('Widthwise: Compare Parametrizations');
      await workbench().panel.reaches('finished');
      await workbench().shoot('restricted-panel');
      const widths = (await workbench().panel.plotted()).flatMap(({ source }) => source?.width ?? []);
      assert.ok(widths.length > 0 && widths.every((width) => OWN.widths.includes(width)), `${widths}`);
      assert.match(await workbench().panel.words(), /4\/4[\s\S]*Results are not kept here/);
      assert.ok(!existsSync(path.join(workbench().workspace, '.widthwise')));
    });
  });
}
