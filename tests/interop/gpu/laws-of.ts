import { exactKernels, onnxEngine } from '@widthwise/core';
import { instantiateKernels } from '@widthwise/core/kernels';
import { describe, test } from 'vitest';
// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { engineLaws } from '../../../packages/core/test/engine-laws.ts';
// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { findOnnx, type OnnxProvider } from '../../../packages/server/src/lab/engines/onnx-binding.ts';

/** The laws of an engine on a GPU; where it does not load, why. */
export function gpuLaws(provider: Exclude<OnnxProvider, 'cpu'>): void {
  const found = findOnnx(provider);
  const name = `onnx-${provider}` as const;
  if ('reason' in found) {
    test.skip(`${name}: ${found.reason}`, () => undefined);
    return;
  }
  const engine = onnxEngine(found.runtime, exactKernels(instantiateKernels), name);
  describe(`the ${name} engine`, () => engineLaws(engine));
}
