import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Analyser, loadAnalyser, type Watch } from '@widthwise/analysis';

/**
 * Loads the analyser with tree-sitter's files: beside the bundle where there is one, else from their package.
 *
 * @param told of the units of work that each analysis has taken
 * @param isUnwanted whether nobody waits any more for what is being analysed
 */
export async function loadAnalyserFromDisk(
  told?: (units: number) => void,
  isUnwanted?: Watch['isUnwanted'],
): Promise<Analyser> {
  const folder = wasmFolder();
  const [runtime, python] = await Promise.all([
    readFile(join(folder, 'tree-sitter.wasm')),
    readFile(join(folder, 'tree-sitter-python.wasm')),
  ]);
  const watch = { clock: ownProcessorMs, ...(isUnwanted && { isUnwanted }) };
  return loadAnalyser({ runtime, python }, watch, told);
}

function wasmFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  if (existsSync(join(here, 'tree-sitter.wasm'))) return here;
  return dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));
}

/** Processor time and not the clock: a machine with other work to do must not change what is found. */
function ownProcessorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
