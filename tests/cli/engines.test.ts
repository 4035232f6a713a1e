import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

test('engines lists what trains here with its speed, and says why the others do not', async () => {
  const empty = await emptyFolder();
  const env = { WIDTHWISE_ONNXRUNTIME: empty, WIDTHWISE_TENSORFLOW: empty };
  const { stdout, code } = await widthwise(empty, ['engines', '--json', '-'], env);
  expect(code).toBe(0);
  const { engines, auto } = JSON.parse(stdout);
  const named = Object.fromEntries(engines.map((each: { name: string }) => [each.name, each]));
  expect(Object.keys(named)).toEqual(['wasm', 'onnx', 'onnx-webgpu', 'onnx-cuda', 'tfjs', 'reference']);
  expect(named['wasm']).toMatchObject({ loads: true, precision: 'float32', device: 'cpu', threads: 1 });
  expect(named['wasm'].gigaflopsPerSecond).toBeGreaterThan(0);
  expect(named['onnx']).toMatchObject({
    loads: false,
    gigaflopsPerSecond: null,
    by: expect.stringMatching(/not installed/),
  });
  expect(named['tfjs']).toMatchObject({ loads: false, by: expect.stringMatching(/install tensorflow/) });
  expect(auto.name).toBe('wasm');
});

test('engines removes what it has installed, from the cache of its user, and installs nothing that it does not know', async () => {
  const empty = await emptyFolder();
  const place = join(empty, 'widthwise/engines/tensorflow');
  await mkdir(place, { recursive: true });
  const env = { XDG_CACHE_HOME: empty, LOCALAPPDATA: empty, HOME: empty };
  const { stdout, code } = await widthwise(empty, ['engines', 'remove', 'tensorflow'], env);
  expect({ stdout, code, isThere: existsSync(place) }).toEqual({
    stdout: `removed ${place}\n`,
    code: 0,
    isThere: false,
  });
  const unknown = await widthwise(empty, ['engines', 'install', 'torch'], env);
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toMatch(/engines install takes one of onnx, tensorflow/);
});
