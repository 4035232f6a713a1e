import { expect, test } from 'vitest';
import { WIRED_EXPERIMENTS } from './experiments.ts';

test.each(WIRED_EXPERIMENTS)('$name is not trained by an engine of which there is one a process', (wired) => {
  expect(wired.check({ engine: 'onnx' })).toMatchObject({ engine: 'onnx' });
  expect(() => wired.check({ engine: 'onnx-webgpu' })).toThrow('for the command line alone');
});
