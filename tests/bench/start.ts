import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_OPTIONS } from '@widthwise/analysis';
// @boundaries-ignore what is measured runs as the product does, with as much memory
import { LIMITS } from '../../packages/server/src/sources/analyser/analyser-pool.ts';
// @boundaries-ignore what is measured runs as the product does, with as much memory
import { analyserFlags } from '../../packages/server/src/sources/analyser/analyser-process.ts';
import { type Measurement, quantile } from './interleaved.ts';

const ROOT = join(import.meta.dirname, '../..');
const ENTRY = join(ROOT, 'packages/server/dist/analyser.js');
const EXAMPLE = readFileSync(join(ROOT, 'examples/pytorch-mlp/model.py'), 'utf8');

/** From the start of an analyser process to its first findings, by the clock: it runs beside this process. */
export async function measureStart(rounds: number): Promise<Measurement> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await firstFindings());
  const sorted = times.sort((left, right) => left - right);
  return {
    name: 'an analyser process starts and has its first findings (by the clock)',
    medianMs: quantile(sorted, 0.5),
    leastMs: quantile(sorted, 0),
    units: null,
  };
}

async function firstFindings(): Promise<number> {
  const started = performance.now();
  const child = fork(ENTRY, {
    execArgv: [...analyserFlags(LIMITS)],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
    serialization: 'advanced',
  });
  try {
    await once(child, 'message');
    child.send({ number: 1, text: EXAMPLE, options: { ...DEFAULT_OPTIONS, profile: 'mup' }, place: null });
    await once(child, 'message');
    return performance.now() - started;
  } finally {
    child.kill();
  }
}
