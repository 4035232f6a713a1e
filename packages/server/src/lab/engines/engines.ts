import { type Engine, quoted, referenceEngine } from '@widthwise/core';
import { InputError } from '../../input/input-error.ts';

const ENGINES: ReadonlyMap<string, Engine> = new Map([['reference', referenceEngine]]);

/** The engine of a name; `auto` is the best one that loads here. */
export function requireEngine(name: string): Engine {
  const engine = name === 'auto' ? referenceEngine : ENGINES.get(name);
  if (engine !== undefined) return engine;
  throw new InputError(
    'engine',
    `${quoted(name)} does not exist; there are auto, ${[...ENGINES.keys()].join(', ')}`,
  );
}
