import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, it } from 'mocha';
import { examples } from '../product.ts';
import { accessibleInEveryTheme } from './themes.ts';
import { useWorkbench } from './use-workbench.ts';
import type { Product, Workbench } from './workbench.ts';

/** The smallest of each experiment that says all that its panel can say. */
const SMALL = {
  compare: { data: 'digits:16', widths: [32, 64, 128], steps: 4, seeds: 2 },
  check: { data: 'digits:8', widths: [64, 128, 256], depth: 2, steps: 40, seeds: 2 },
  coordCheck: { parametrization: 'sp', widths: [32, 64, 128], steps: 3, seeds: 2 },
  limit: { data: 'digits:4', widths: [32, 64, 128], steps: 4, seeds: 4 },
  transfer: { data: 'digits:16', widths: [16, 32, 64], depth: 2, steps: 5, seeds: 2 },
};

/** A command, and words of the title of the panel that it opens. */
const COMMANDS = {
  comparison: ['Compare Parametrizations', 'Comparison on'],
  'convergence-check': ['Run Convergence Check', 'digits, 8 samples'],
  'coordinate-check': ['Run Coordinate Check', 'SP, η/n on'],
  limit: ['Compare with the Infinite-Width Limit', 'beside its limit'],
  transfer: ['Check Learning-Rate Transfer', 'Best learning rates'],
};

/** Widths of a window in which the panel alone is as wide as a person's narrowest, as 1,280 at 200 %, as a wall. */
const WINDOWS = { 'at-300-px': 348, 'at-200-percent': 640, 'at-2560-px': 2608 };

export function everyPanelSuite(product: Product): void {
  describe('the panel of every experiment', () => {
    const settings = Object.fromEntries(
      Object.entries(SMALL).flatMap(([experiment, small]) =>
        Object.entries(small).map(([name, value]) => [`widthwise.${experiment}.${name}`, value]),
      ),
    );
    const workbench = useWorkbench(product, { workspace: path.join(examples, 'pytorch-mlp'), settings });
    before(async () => {
      await workbench().openFile('model.py');
      await workbench().runCommand('View: Close All Editors');
      await workbench().runCommand('View: Toggle Primary Side Bar Visibility');
    });

    for (const [name, [command, title]] of Object.entries(COMMANDS)) {
      it(`is accessible in every theme, and cuts nothing at any width: ${name}`, async () => {
        await workbench().runCommand(`Widthwise: ${command}`);
        await workbench().panel.titled(title!);
        await workbench().panel.reaches('finished', 120_000);
        await accessibleInEveryTheme(workbench(), name);
        for (const [width, pixels] of Object.entries(WINDOWS)) {
          await workbench().page.setViewportSize({ width: pixels, height: TALL });
          await settled(workbench());
          await workbench().shoot(`${name}-${width}`);
          assert.deepEqual(await workbench().panel.cutOff(), [], `${name} ${width}`);
        }
        await workbench().page.setViewportSize({ width: 1400, height: 900 });
      });
    }
  });
}

/** Pixels in which most of a panel stands, so that one picture shows it. */
const TALL = 2400;

/** Charts are drawn anew a frame after the page has another size. */
async function settled({ panel }: Workbench): Promise<void> {
  for (let before = ''; ; ) {
    const now = await panel.pixels();
    if (now === before) return;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
