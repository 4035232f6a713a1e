import { type Engine, exactKernels, onnxEngine, quoted, referenceEngine, wasmEngine } from '@widthwise/core';
import { instantiateKernels } from '@widthwise/core/kernels';
import { InputError } from '../../input/input-error.ts';
import { findOnnx } from './onnx-binding.ts';

/** An engine that loads here, or why one does not. */
export type EngineFound = { readonly engine: Engine; readonly by: string } | { readonly reason: string };

/** Every engine there is, each looked for once it is asked for and no more than once. */
const ENGINES = new Map<string, () => EngineFound>([
  ['wasm', once(() => ({ engine: wasmEngine(instantiateKernels), by: 'SIMD kernels of its own' }))],
  ['onnx', once(onnxFound)],
  ['reference', once(() => ({ engine: referenceEngine, by: 'TypeScript' }))],
]);

/** What `auto` takes, and why. */
export const AUTO: { readonly name: string; readonly reason: string } = {
  name: 'wasm',
  reason: 'it loads everywhere, and costs least where networks are small',
};

export const ENGINE_NAMES: readonly string[] = [...ENGINES.keys()];

/**
 * Whether an engine loads here.
 *
 * @throws InputError for one that there is not
 */
export function findEngine(name: string): EngineFound {
  const found = ENGINES.get(name)?.();
  if (found !== undefined) return found;
  throw new InputError(
    'engine',
    `${quoted(name)} does not exist; there are auto, ${ENGINE_NAMES.join(', ')}`,
  );
}

/**
 * The engine of a name.
 *
 * @throws InputError for one that there is not, or that does not load here
 */
export function requireEngine(name: string): Engine {
  const found = findEngine(name === 'auto' ? AUTO.name : name);
  if ('engine' in found) return found.engine;
  throw new InputError('engine', `${quoted(name)} cannot train here: ${found.reason}`);
}

function onnxFound(): EngineFound {
  const found = findOnnx();
  if ('reason' in found) return found;
  return {
    engine: onnxEngine(found.runtime, exactKernels(instantiateKernels)),
    by: `onnxruntime-node ${found.version}`,
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
