import { fusesHere, instantiateKernels } from '@widthwise/core/kernels';
import type { Engine } from '../src/engines/engine.ts';
import { referenceEngine } from '../src/engines/reference/reference-engine.ts';
import { wasmEngine } from '../src/engines/wasm/wasm-engine.ts';

/** Every engine that needs nothing else, each of which keeps the same laws; `tests/interop/engines.test.ts` has the others. */
export const ENGINES: readonly { readonly name: string; readonly engine: Engine }[] = [
  { name: 'reference', engine: referenceEngine },
  { name: 'wasm', engine: wasmEngine(() => instantiateKernels('plain')) },
  ...(fusesHere() ? [{ name: 'fused wasm', engine: wasmEngine(() => instantiateKernels('fused')) }] : []),
];

/** The largest relative error of one rounding. */
export const UNIT_ROUNDOFF: Readonly<Record<Engine['precision'], number>> = {
  float32: 2 ** -24,
  float64: 2 ** -53,
};
