import { renameSync, writeFileSync } from 'node:fs';
import { runMocha } from '../run-mocha.ts';
import { commandsSuite } from './commands.ts';
import { diagnosticsSuite } from './diagnostics.ts';
import { hoverSuite } from './hover.ts';
import { lensSuite } from './lens.ts';
import { pressesSuite } from './presses.ts';

/** What VS Code calls inside its extension host; the results go to the file named by WIDTHWISE_RESULTS. */
export async function run(): Promise<void> {
  const suites = (): void => {
    diagnosticsSuite();
    hoverSuite();
    lensSuite();
    commandsSuite();
    pressesSuite();
  };
  const results = await runMocha(suites, { timeout: 30_000, report: () => undefined });
  const { WIDTHWISE_RESULTS: file = 'results.json' } = process.env;
  writeFileSync(`${file}.part`, JSON.stringify(results));
  renameSync(`${file}.part`, file);
  const failed = results.filter((result) => result.state === 'failed').length;
  if (failed > 0) throw new Error(`${failed} failed`);
}
