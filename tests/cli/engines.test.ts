import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

test('engines lists what trains here with its speed, and says why the others do not', async () => {
  const empty = await emptyFolder();
  const env = { WIDTHWISE_ONNXRUNTIME: empty };
  const { stdout, code } = await widthwise(empty, ['engines', '--json', '-'], env);
  expect(code).toBe(0);
  const { engines, auto } = JSON.parse(stdout);
  const named = Object.fromEntries(engines.map((each: { name: string }) => [each.name, each]));
  expect(Object.keys(named)).toEqual(['wasm', 'onnx', 'reference']);
  expect(named['wasm']).toMatchObject({ loads: true, precision: 'float32', device: 'cpu', threads: 1 });
  expect(named['wasm'].gigaflopsPerSecond).toBeGreaterThan(0);
  expect(named['onnx']).toMatchObject({
    loads: false,
    gigaflopsPerSecond: null,
    by: expect.stringMatching(/not installed/),
  });
  expect(auto.name).toBe('wasm');
});
