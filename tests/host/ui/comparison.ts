import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, it } from 'mocha';
import { examples } from '../product.ts';
import { assertInProportion, assertMeansOfRows, assertSameAsRow } from './agreement.ts';
import { asSettings, type Row, rowsOf, type Training } from './expected.ts';
import type { PlottedLine } from './panel.ts';
import { useWorkbench } from './use-workbench.ts';
import type { Product } from './workbench.ts';

const COMPARE = 'Widthwise: Compare Parametrizations';
/** Fewer pictures than this in that time, and nobody would call it live, on a busy machine either. */
const LIVE = { frames: 5, withinMs: 20_000 };

const TRAINING: Training = {
  data: 'digits',
  widths: [128, 256, 512],
  parametrizations: ['sp', 'ntp', 'ip', 'mup'],
  steps: 10,
  seeds: 3,
};
/** Takes minutes unless it is cancelled. */
const LONG: Training = { ...TRAINING, widths: [256, 1024, 2048], seeds: 20, steps: 50 };

const workspace: string = path.join(examples, 'pytorch-mlp');

/** The assertion that a panel without drawing must fail. */
function assertLive(frames: number): void {
  assert.ok(
    frames >= LIVE.frames,
    `${frames} different pictures while it ran, expected ${LIVE.frames} or more`,
  );
}

export function comparisonSuite(product: Product): void {
  describe('a comparison, in the panel', () => {
    const workbench = useWorkbench(product, { workspace, settings: asSettings(TRAINING) });
    let rows: Row[];
    before(async () => {
      rows = await rowsOf(TRAINING);
      await workbench().openFile('model.py');
      await workbench().runCommand(COMPARE);
      await workbench().panel.reaches('finished');
    });

    it('says no longer that it starts', async () => {
      assert.equal(await workbench().panel.starting.isVisible(), false);
    });

    it('plots over steps what the command line computes', async () => {
      for (const parametrization of TRAINING.parametrizations) {
        await workbench().panel.pick(parametrization, 128);
        const measured = (await workbench().panel.plotted()).filter(isOfOneRun);
        assert.ok(
          measured.length >= 7,
          `loss and three layers of movement and λ_min, not ${measured.length} curves`,
        );
        for (const line of measured) assertSameAsRow(line, rows);
      }
    });

    it('plots against width the geometric mean over seeds of what the command line computes', async () => {
      const lines = (await workbench().panel.plotted()).filter((line) =>
        line.chart.startsWith('movement-layer-'),
      );
      // Layers 2 and 3 are judged.
      assert.equal(lines.length, 2 * TRAINING.parametrizations.length);
      for (const line of lines) assertMeansOfRows(line, rows);
    });

    it('has ink where known values stand, and nowhere else in those columns', async () => {
      const { panel } = workbench();
      await panel.pick('mup', 512);
      const loss = (await panel.plotted()).find((line) => line.chart === 'loss')!;
      assertSameAsRow(loss, rows);
      const heights: number[] = [];
      for (const step of [1, 5, 9]) {
        const { expected, found } = await panel.inked(loss, step);
        // Two pixels of stroke, one of rounding, and its slope within the column.
        assert.ok(
          found.length > 0 && found.every((y) => Math.abs(y - expected) <= 4),
          `${expected}: ${found}`,
        );
        heights.push(found.reduce((sum, y) => sum + y, 0) / found.length);
      }
      assertInProportion(heights, [loss.y[1]!, loss.y[5]!, loss.y[9]!]);
    });

    it('shows the same after it was hidden', async () => {
      const { panel } = workbench();
      const before = (await panel.plotted()).filter((line) => /-layer-\d+$/.test(line.chart));
      await workbench().coverPanel();
      await workbench().uncoverPanel();
      await panel.reaches('finished');
      const lines = (await panel.plotted()).filter((line) => /-layer-\d+$/.test(line.chart));
      assert.deepEqual(lines, before);
      await panel.pick('mup', 128);
      for (const line of (await panel.plotted()).filter(isOfOneRun)) assertSameAsRow(line, rows);
    });

    it('follows the theme from dark to light to high contrast, and is accessible in each', async () => {
      for (const [name, theme] of Object.entries(THEMES)) {
        const before = await workbench().panel.pixels();
        await workbench().setTheme(theme);
        await workbench().panel.repainted(before);
        await workbench().shoot(`panel-${name}`);
        assert.deepEqual(await workbench().panel.violations(), [], theme);
      }
    });
  });

  describe('a long comparison', () => {
    const workbench = useWorkbench(product, { workspace, settings: asSettings(LONG) });
    before(async () => {
      await workbench().openFile('model.py');
      await workbench().runCommand(COMPARE);
      await workbench().panel.reaches('running');
    });

    it('draws while it trains', async () => {
      assertLive(await workbench().panel.framesWhileRunning(LIVE));
    });

    it('goes on where it was when it was hidden and is shown again', async () => {
      const { panel } = workbench();
      await panel.drawsPoints();
      await workbench().coverPanel();
      await workbench().uncoverPanel();
      await panel.reaches('running');
      await panel.drawsPoints();
    });

    it('stops when it is cancelled, and leaves the server idle', async () => {
      const { panel } = workbench();
      await panel.cancel.click();
      await panel.reaches('cancelled', 10_000);
      await workbench().shoot('panel-cancelled');
      assert.ok((await workbench().serverLoad()) < 0.2, 'the server still computes');
    });
  });

  describe('a panel that does not draw', () => {
    const env = { WIDTHWISE_PANEL_DRAW: 'off' };
    const workbench = useWorkbench(product, { workspace, settings: asSettings(LONG), env });

    it('fails the test of live drawing', async () => {
      const { panel } = workbench();
      await workbench().runCommand(COMPARE);
      await panel.reaches('running');
      const frames = await panel.framesWhileRunning(LIVE);
      await panel.cancel.click();
      await panel.reaches('cancelled', 10_000);
      assert.throws(() => assertLive(frames), /different pictures/);
    });
  });
}

/** Each differs from the one before; a workbench starts in the dark one. */
const THEMES = {
  light: 'Light Modern',
  'light-high-contrast': 'Light High Contrast',
  'high-contrast': 'Dark High Contrast',
  dark: 'Dark Modern',
};

function isOfOneRun({ source }: PlottedLine): boolean {
  return source?.seed !== undefined;
}
