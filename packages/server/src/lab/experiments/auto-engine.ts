import process from 'node:process';
import { costEstimate, type EngineName, type PlannedRun, shareOn } from '@widthwise/core';
import { autoChoice, type EngineFound, findEngine } from '../engines/engines.ts';
import { defaultWorkers } from '../runs/executor.ts';
import { workersThatFit } from '../runs/memory.ts';

/** Where `onnx` is foretold to take no more of the time that `wasm` takes, it is worth more than numbers that are the same elsewhere. */
const WORTH_ONNX = 0.7;

/** What this machine has, as `auto` asks for it. */
interface Here {
  /** Of processors: those of x64 have wider vectors than WebAssembly. */
  readonly arch: string;
  /** Threads that would train. */
  readonly workers: number;
  find(engine: string): EngineFound;
}

/**
 * The engine that `auto` takes for a plan on its usual one, and why: `onnx` where that is installed, pays and fits in memory.
 *
 * @param plan on the engine that `auto` takes without knowing it
 */
export function autoEngine(
  plan: readonly Pick<PlannedRun, 'hash' | 'spec'>[],
  samples: number,
  { arch, workers, find }: Here = { arch: process.arch, workers: defaultWorkers(), find: findEngine },
): { readonly name: EngineName; readonly reason: string } {
  const usual = autoChoice();
  if (usual.name !== 'wasm' || arch !== 'x64') return usual;
  const share = shareOn('onnx', plan, samples);
  if (share > WORTH_ONNX || 'reason' in find('onnx')) return usual;
  const onOnnx = plan.map(({ hash, spec }) => ({
    hash,
    spec: { ...spec, engine: { ...spec.engine, name: 'onnx' } },
  }));
  const fits = workersThatFit(workers, costEstimate(onOnnx, samples).peakBytes) === workers;
  return fits
    ? { name: 'onnx', reason: `it is foretold to take ${share.toFixed(1)} of the time of wasm` }
    : usual;
}
