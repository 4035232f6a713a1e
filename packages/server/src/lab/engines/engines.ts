import {
  ENGINE_NAMES,
  type Engine,
  type EngineName,
  exactKernels,
  onnxEngine,
  quoted,
  referenceEngine,
  tfjsEngine,
  wasmEngine,
} from '@widthwise/core';
import { fusesHere, instantiateKernels } from '@widthwise/core/kernels';
import { InputError } from '../../input/input-error.ts';
import { findOnnx, type OnnxProvider } from './onnx-binding.ts';
import { findTfjs, mayHaveGpu } from './tfjs-binding.ts';

/** An engine that loads here, or why one does not. */
export type EngineFound =
  | { readonly engine: Engine; readonly by: string; readonly device: 'cpu' | 'gpu' }
  | { readonly reason: string };

/** How each engine is looked for, once it is asked for and no more than once. */
const ENGINES: Readonly<Record<EngineName, () => EngineFound>> = {
  wasm: once(() => ({
    engine: wasmEngine(instantiateKernels),
    by: `SIMD kernels of its own${fusesHere() ? ', which multiply and add at once' : ''}`,
    device: 'cpu',
  })),
  onnx: once(() => onnxFound('cpu')),
  'onnx-webgpu': once(() => onnxFound('webgpu')),
  'onnx-cuda': once(() => onnxFound('cuda')),
  tfjs: once(tfjsFound),
  reference: once(() => ({ engine: referenceEngine, by: 'TypeScript', device: 'cpu' })),
};

/** What `auto` takes, and why: a GPU where TensorFlow sees one, as that is what it was installed for. */
export const autoChoice: () => { readonly name: EngineName; readonly reason: string } = once(() => {
  const tfjs = mayHaveGpu() ? ENGINES.tfjs() : undefined;
  if (tfjs !== undefined && 'engine' in tfjs && tfjs.device === 'gpu')
    return { name: 'tfjs', reason: 'TensorFlow sees a GPU here' };
  const why = 'it loads everywhere, and costs least where networks are small';
  if (tfjs === undefined) return { name: 'wasm', reason: why };
  const unlike = 'reason' in tfjs ? tfjs.reason : 'TensorFlow for GPUs is installed and sees none';
  return { name: 'wasm', reason: `${why}; ${unlike}` };
});

/**
 * Whether an engine loads here.
 *
 * @throws InputError for one that there is not
 */
export function findEngine(name: string): EngineFound {
  const known = ENGINE_NAMES.find((each) => each === name);
  if (known !== undefined) return ENGINES[known]();
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
  const found = findEngine(name === 'auto' ? autoChoice().name : name);
  if ('engine' in found) return found.engine;
  throw new InputError('engine', `${quoted(name)} cannot train here: ${found.reason}`);
}

function onnxFound(provider: OnnxProvider): EngineFound {
  const found = findOnnx(provider);
  if ('reason' in found) return found;
  const isCpu = provider === 'cpu';
  return {
    engine: onnxEngine(found.runtime, exactKernels(instantiateKernels), isCpu ? 'onnx' : `onnx-${provider}`),
    by: `onnxruntime-node ${found.version}`,
    device: isCpu ? 'cpu' : 'gpu',
  };
}

function tfjsFound(): EngineFound {
  const found = findTfjs();
  if ('reason' in found) return found;
  const { library, by, device } = found;
  return { engine: tfjsEngine(library, exactKernels(instantiateKernels)), by, device };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
