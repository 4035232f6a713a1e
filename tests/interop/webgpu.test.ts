import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '.cache/webgpu');
const DRIVER = join(FOLDER, 'driver');

/** A runtime, and a Vulkan that computes on the processor: Chromium's, as a package of npm carries it. */
async function install(): Promise<void> {
  await mkdir(DRIVER, { recursive: true });
  await writeFile(join(FOLDER, 'package.json'), '{ "private": true }\n');
  const packages = ['onnxruntime-node@1.30.0', '@sparticuz/chromium@153.0.0'];
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], { cwd: FOLDER });
  const packed = await readFile(join(FOLDER, 'node_modules/@sparticuz/chromium/bin/swiftshader.tar.br'));
  await writeFile(join(DRIVER, 'driver.tar'), brotliDecompressSync(packed));
  await run('tar', ['xf', 'driver.tar'], { cwd: DRIVER });
}

await install();

interface Listed {
  readonly name: string;
  readonly loads: boolean;
  readonly by: string;
}

interface Compared {
  readonly rows: readonly {
    readonly width: number;
    readonly seed: number;
    readonly loss: readonly number[];
  }[];
}

async function widthwise(args: readonly string[], vulkan: boolean): Promise<unknown> {
  const cli = join(ROOT, 'packages/server/dist/cli.js');
  const driver = {
    LD_LIBRARY_PATH: DRIVER,
    VK_ICD_FILENAMES: join(DRIVER, 'vk_swiftshader_icd.json'),
  };
  const env = { ...process.env, WIDTHWISE_ONNXRUNTIME: FOLDER, ...(vulkan && driver) };
  const { stdout } = await run(process.execPath, [cli, ...args, '--json', '-'], { cwd: DRIVER, env });
  return JSON.parse(stdout);
}

async function listed(name: string, vulkan: boolean): Promise<Listed | undefined> {
  const { engines } = (await widthwise(['engines'], vulkan)) as { readonly engines: readonly Listed[] };
  return engines.find((each) => each.name === name);
}

test('a GPU is found where there is one, and its absence is a sentence', async () => {
  expect(await listed('onnx-webgpu', true)).toMatchObject({ loads: true });
  expect((await listed('onnx-webgpu', false))?.by).toMatch(/^onnxruntime-node finds no GPU: /);
  expect((await listed('onnx-cuda', false))?.by).toMatch(/^CUDA takes libonnxruntime_providers_cuda\.so in /);
});

// Three steps of float32 on another device: each loss is rounded some hundred times on its way.
test.each(['sgd', 'adam'])('a GPU trains as the processor does, by %s', async (optimizer) => {
  const small = [
    '--data',
    'mixture:3,6,10',
    '--widths',
    '16,64',
    '--seeds',
    '2',
    '--depth',
    '2',
    '--steps',
    '3',
  ];
  const asked = ['compare', ...small, '--parametrizations', 'mup', '--optimizer', optimizer, '--fresh'];
  const lossesOf = async (engine: string): Promise<readonly number[]> => {
    const { rows } = (await widthwise([...asked, '--engine', engine], true)) as Compared;
    return rows.flatMap(({ loss }) => loss);
  };
  const losses = await lossesOf('onnx-webgpu');
  expect(losses).toHaveLength(8);
  expect(losses).toBeCloseToAll(await lossesOf('wasm'), { rtol: 1e-5, atol: 0 });
});
