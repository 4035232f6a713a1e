import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findTfjs, mayHaveGpu } from './tfjs-binding.ts';

/** A folder in which packages of these names are installed, each of which is this code. */
async function folderWith(packages: Readonly<Record<string, string>>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'widthwise-tensorflow-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  vi.stubEnv('WIDTHWISE_TENSORFLOW', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const [name, code] of Object.entries(packages)) {
    const place = join(folder, 'node_modules/@tensorflow', name);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'package.json'), '{ "main": "index.js" }');
    await writeFile(join(place, 'index.js'), code);
  }
}

const loads = (gpu: boolean): string => `
  const { isNullOrUndefined, isArray } = require('node:util');
  if (!isNullOrUndefined(null) || isNullOrUndefined(0) || !isArray([])) throw new Error('of another Node');
  const binding = { TF_Version: '2.21.0' };
  module.exports = { version: { tfjs: '4.22.0' }, backend: () => ({ binding, isUsingGpuDevice: ${gpu} }) };`;

test('a package that is not there is said with what installs it', async () => {
  await folderWith({});
  expect(findTfjs()).toEqual({ reason: expect.stringMatching(/engines install tensorflow/) });
});

test('one without its native part says why, in one line: upstream throws an error without a code', async () => {
  await folderWith({
    'tfjs-node': 'throw new Error("The native addon can not be found at path x\\nPlease")',
  });
  expect(findTfjs()).toEqual({
    reason: '@tensorflow/tfjs-node does not load: The native addon can not be found at path x',
  });
});

test('the one for GPUs goes first, and has from Node what newer ones have no more', async () => {
  await folderWith({ 'tfjs-node': 'throw new Error("loaded")', 'tfjs-node-gpu': loads(true) });
  expect(mayHaveGpu()).toBe(true);
  const by = 'TensorFlow 2.21.0 under @tensorflow/tfjs-node-gpu 4.22.0';
  expect(findTfjs()).toMatchObject({ device: 'gpu', by });
});
