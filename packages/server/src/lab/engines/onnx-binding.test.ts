import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findOnnx } from './onnx-binding.ts';

/** A folder in which a package of this name and version is installed, whose binding is this code. */
async function folderWith(files: Readonly<Record<string, string>>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'widthwise-onnx-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  vi.stubEnv('WIDTHWISE_ONNXRUNTIME', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const place = join(folder, 'node_modules/onnxruntime-node');
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(place, name)), { recursive: true });
    await writeFile(join(place, name), text);
  }
}

test('a runtime that is not installed is said with what installs it', async () => {
  await folderWith({});
  expect(findOnnx()).toEqual({
    reason: expect.stringMatching(/not installed: widthwise engines install onnx/),
  });
});

test('another version than the one whose parts are known is not loaded', async () => {
  const fatal = 'throw new Error("loaded")';
  await folderWith({ 'package.json': '{ "version": "1.19.2" }', 'dist/binding.js': fatal });
  expect(findOnnx()).toEqual({ reason: expect.stringMatching(/is version 1\.19\.2, and 1\.30/) });
});

test('a library that does not load says why, in one line', async () => {
  const failing = 'throw new Error("libonnxruntime.so.1: cannot open shared object file\\nat somewhere")';
  await folderWith({ 'package.json': '{ "version": "1.30.0" }', 'dist/binding.js': failing });
  expect(findOnnx()).toEqual({
    reason: expect.stringMatching(/does not load: libonnxruntime\.so\.1: cannot open shared object file$/),
  });
});

test.runIf(process.platform === 'linux')('what CUDA says is told without where it was noticed', async () => {
  const said =
    'f.cc:1 CudaCall() [with T = a] CUDA failure 36: API call is not supported in the installed CUDA driver ; GPU=-1 ; file=f.cc ; ';
  await folderWith({
    'package.json': '{ "version": "1.30.0" }',
    'dist/binding.js': `throw new Error(${JSON.stringify(said)})`,
    [`bin/napi-v6/linux/${process.arch}/libonnxruntime_providers_cuda.so`]: '',
  });
  expect(findOnnx('cuda')).toEqual({
    reason: 'onnxruntime-node finds no CUDA: API call is not supported in the installed CUDA driver',
  });
});
