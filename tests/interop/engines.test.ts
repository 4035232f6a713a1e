import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { exactKernels, onnxEngine, type TensorLibrary, tfjsEngine } from '@widthwise/core';
import { instantiateKernels } from '@widthwise/core/kernels';
import { describe, expect, test } from 'vitest';
// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { engineLaws } from '../../packages/core/test/engine-laws.ts';
// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { findOnnx } from '../../packages/server/src/lab/engines/onnx-binding.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '.cache/engines');

/** As docs/cli.md says that a user installs it: no install script runs. */
async function installOnnx(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', 'onnxruntime-node@1.30.0'];
  await run('npm', args, { cwd: FOLDER });
}

process.env['WIDTHWISE_ONNXRUNTIME'] = FOLDER;
await installOnnx();
const found = findOnnx();
if ('reason' in found) throw new Error(found.reason);

describe('the onnx engine', () => {
  engineLaws(onnxEngine(found.runtime, exactKernels(instantiateKernels)));
});

/** The operations of TensorFlow.js in plain JavaScript: what the adapter makes of them is judged, whatever computes. */
async function installTfjs(): Promise<TensorLibrary> {
  const folder = join(FOLDER, 'tfjs');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const packages = ['@tensorflow/tfjs-core@4.22.0', '@tensorflow/tfjs-backend-cpu@4.22.0'];
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], { cwd: folder });
  const require = createRequire(join(folder, 'package.json'));
  const library = require('@tensorflow/tfjs-core');
  require('@tensorflow/tfjs-backend-cpu');
  await library.setBackend('cpu');
  return library;
}

const tfjs = await installTfjs();

describe('the tfjs engine', () => {
  engineLaws(tfjsEngine(tfjs, exactKernels(instantiateKernels)));
});

test('is listed, and trains a comparison as wasm does', async () => {
  const cli = join(ROOT, 'packages/server/dist/cli.js');
  const widthwise = async (...args: readonly string[]): Promise<string> =>
    (await run(process.execPath, [cli, ...args], { cwd: FOLDER })).stdout;
  const { engines } = JSON.parse(await widthwise('engines', '--json', '-'));
  expect(engines.find(({ name }: { name: string }) => name === 'onnx')).toMatchObject({ loads: true });
  const small = [
    'compare',
    '--data',
    'mixture:3,6,10',
    '--widths',
    '32,64',
    '--seeds',
    '3',
    '--steps',
    '3',
    '--fresh',
    '--json',
    '-',
  ];
  const [onnx, wasm] = await Promise.all(
    ['onnx', 'wasm'].map(async (engine) => JSON.parse(await widthwise(...small, '--engine', engine))),
  );
  expect(wordsOf(onnx)).toEqual(wordsOf(wasm));
});

interface Compared {
  readonly verdicts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The verdicts without the numbers that they stand on, which are as exact as float32 is. */
function wordsOf({ verdicts }: Compared): unknown {
  return Object.entries(verdicts).map(([name, { stable, featureLearning, richness }]) => ({
    name,
    stable,
    featureLearning,
    richness,
  }));
}
