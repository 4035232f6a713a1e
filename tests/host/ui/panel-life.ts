import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { before, describe, it } from 'mocha';
import { examples } from '../product.ts';
import { violationsIn } from './accessibility.ts';
import { asSettings, type Training } from './expected.ts';
import type { PlottedLine } from './panel.ts';
import { useWorkbench } from './use-workbench.ts';
import type { Product, Workbench } from './workbench.ts';

const COMPARE = 'Widthwise: Compare Parametrizations';
const OPEN = 'Widthwise: Open Panel';
/** Stands in the status bar; pressing it brings up the notification. */
const PROGRESS = 'Compare Parametrizations';
const RESTART = 'Widthwise: Restart Server';
/** Of the page that VS Code's preview of Markdown is, whose background stands outside of it. */
const PREVIEW_ITSELF = /^(color-contrast|document-title|html-has-lang|landmark-one-main|region):/;
/** VS Code starts a server that has ended so many times, and then no more. */
const STARTS = 5;

const SHORT: Training = {
  data: 'digits',
  widths: [16, 32],
  parametrizations: ['sp', 'mup'],
  steps: 4,
  seeds: 2,
};
/** Takes minutes unless it is cancelled. */
const LONG: Training = { ...SHORT, widths: [128, 256, 512], seeds: 40, steps: 200 };

const workspace: string = path.join(examples, 'pytorch-mlp');

/** What becomes of a panel that is closed, whose window is reloaded, and whose server dies. */
export function panelLifeSuite(product: Product): void {
  describe('a panel', () => {
    const workbench = useWorkbench(product, { workspace, settings: asSettings(SHORT) });
    before(() => workbench().openFile('model.py'));

    it('says how to begin while nothing was compared', async () => {
      await workbench().runCommand(OPEN);
      await workbench().panel.again.waitFor();
      await workbench().shoot('panel-empty');
      await workbench().panel.again.click();
      await workbench().panel.reaches('finished');
    });

    it('that was closed is shown again as it was', async () => {
      const { panel } = workbench();
      const againstWidth = async (): Promise<PlottedLine[]> =>
        (await panel.plotted()).filter((line) => /-layer-\d+$/.test(line.chart));
      const before = await againstWidth();
      await workbench().closePanel();
      await workbench().runCommand(OPEN);
      await panel.reaches('finished');
      assert.deepEqual(await againstWidth(), before);
    });

    it('comes back when the window is reloaded', async () => {
      await workbench().reload();
      await workbench().panel.reaches('finished', 60_000);
      await workbench().shoot('panel-reloaded');
    });
  });

  describe('the panel of a long comparison', () => {
    const workbench = useWorkbench(product, { workspace, settings: asSettings(LONG) });
    before(async () => {
      await workbench().openFile('model.py');
      await workbench().runCommand(COMPARE);
      await workbench().panel.reaches('running');
    });

    it('goes on when the window is reloaded', async () => {
      await workbench().reload();
      await workbench().panel.reaches('running', 60_000);
    });

    it('says that the server died, and goes on by itself with the one that comes in its place', async () => {
      const { panel } = workbench();
      await workbench().killServer();
      await panel.reaches('lost');
      await panel.reaches('running');
    });

    it('asks before a second one begins, and keeps the first where nothing is chosen', async () => {
      const { panel, page } = workbench();
      await workbench().runCommand(COMPARE);
      const question = page.locator('.monaco-dialog-box', { hasText: 'is running' });
      await question.waitFor();
      await workbench().shoot('panel-second-start');
      await question.getByRole('button', { name: 'Run Both' }).waitFor();
      await question.getByRole('button', { name: 'Cancel', exact: true }).click();
      await panel.reaches('running');
    });

    it('is stopped by the button of its notification', async () => {
      const { panel, notifications } = workbench();
      await workbench().page.locator('.statusbar-item', { hasText: PROGRESS }).click();
      const progress = notifications.filter({ hasText: PROGRESS });
      await progress.waitFor();
      await workbench().shoot('notification-progress');
      await progress.hover();
      await progress.getByRole('button', { name: 'Cancel' }).click();
      await panel.reaches('cancelled', 20_000);
    });

    it('stays cancelled when the window is reloaded, and says what to do', async () => {
      await workbench().reload();
      await workbench().panel.reaches('lost', 60_000);
      await workbench().shoot('panel-reloaded-cancelled');
      assert.match(await workbench().panel.words(), /running it again takes it from there/);
    });
  });

  describe('a server that dies again and again', () => {
    const workbench = useWorkbench(product, { workspace });
    before(async () => {
      await workbench().openFile('model.py');
      await workbench().squiggles.first().waitFor();
    });

    it('is started anew by a command once the editor has given it up', async () => {
      for (let time = 0; time < STARTS; time++) {
        await serverRuns(workbench());
        await workbench().killServer();
      }
      await workbench().squiggles.first().waitFor({ state: 'detached' });
      await workbench().shoot('server-given-up');
      await workbench().runCommand(RESTART);
      await workbench().squiggles.first().waitFor();
    });
  });

  describe('an explanation', () => {
    const workbench = useWorkbench(product, { workspace });

    it('is there again when the window was reloaded', async () => {
      await workbench().openFile('model.py');
      await workbench().squiggles.first().waitFor();
      await workbench().runCommand('Widthwise: Explain Model');
      await workbench().explanation.getByText('What breaks transfer').waitFor();
      await workbench().shoot('explain');
      const violations = await violationsIn(workbench().explanation.locator('body'));
      assert.deepEqual(
        violations.filter((each) => !PREVIEW_ITSELF.test(each)),
        [],
      );
      await workbench().reload();
      await workbench().explanation.getByText('What breaks transfer').waitFor({ timeout: 60_000 });
      await workbench().shoot('explain-reloaded');
    });
  });
}

async function serverRuns(workbench: Workbench): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await delay(100)) if (workbench.serverRuns) return;
  throw new Error('no language server came');
}
