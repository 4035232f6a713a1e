import { type Engine, quoted, referenceEngine, wasmEngine } from '@widthwise/core';
import { instantiateKernels } from '@widthwise/core/kernels';
import { InputError } from '../../input/input-error.ts';

const ENGINES: ReadonlyMap<string, Engine> = new Map(
  [wasmEngine(instantiateKernels), referenceEngine].map((engine) => [engine.name, engine]),
);

/** The engine of a name; `auto` is the fastest one that loads here. */
export function requireEngine(name: string): Engine {
  const engine = name === 'auto' ? [...ENGINES.values()][0] : ENGINES.get(name);
  if (engine !== undefined) return engine;
  throw new InputError(
    'engine',
    `${quoted(name)} does not exist; there are auto, ${[...ENGINES.keys()].join(', ')}`,
  );
}
