import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findOnnx } from './onnx-binding.ts';

/** A folder in which a package of this name and version is installed, whose binding is this code. */
async function folderWith(files: Readonly<Record<string, string>>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'widthwise-onnx-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  vi.stubEnv('WIDTHWISE_ONNXRUNTIME', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const place = join(folder, 'node_modules/onnxruntime-node');
  await mkdir(join(place, 'dist'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(place, name), text);
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
