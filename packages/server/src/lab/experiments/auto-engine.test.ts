import { COMPARISON, COORDINATE_CHECK } from '@widthwise/core';
import { expect, test } from 'vitest';
import type { EngineFound } from '../engines/engines.ts';
import { requireEngine } from '../engines/engines.ts';
import { autoEngine } from './auto-engine.ts';
import { prepareExperiment } from './prepare.ts';

const WASM = { engine: 'wasm', widths: [512, 1024, 2048] } as const;
const found = (): EngineFound => ({ engine: requireEngine('wasm'), by: 'onnxruntime-node', device: 'cpu' });
const HERE = { arch: 'x64', workers: 1, find: found };

const long = async () =>
  (await prepareExperiment(COMPARISON, { ...WASM, data: 'digits:512', steps: 100 }, { cwd: '/' })).plan;

test('wide networks that train for long are trained on onnx, and the reason says what it saves', async () => {
  const { name, reason } = autoEngine(await long(), 512, HERE);
  expect(name).toBe('onnx');
  expect(reason).toMatch(/^it is foretold to take 0\.[3-7] of the time of wasm$/);
});

test('a coordinate check of wide networks and the demo stay on wasm', async () => {
  const { plan } = await prepareExperiment(COORDINATE_CHECK, { ...WASM, steps: 3 }, { cwd: '/' });
  expect(autoEngine(plan, 64, HERE).name).toBe('wasm');
  const demo = await prepareExperiment(COMPARISON, { engine: 'wasm' }, { cwd: '/' });
  expect(autoEngine(demo.plan, 64, HERE).name).toBe('wasm');
});

test.each([
  ['where onnx is not installed', { find: () => ({ reason: 'not installed' }) }],
  ['on processors whose vectors are as wide as those of WebAssembly', { arch: 'arm64' }],
  ['where its weights do not fit in memory on every thread', { workers: 1e6 }],
])('stays on wasm %s', async (_, changed) => {
  expect(autoEngine(await long(), 512, { ...HERE, ...changed }).name).toBe('wasm');
});
