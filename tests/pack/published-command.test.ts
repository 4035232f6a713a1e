import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('../../packages/server', import.meta.url));

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

let folder: string;
let packed: Packed;

/** npm is a script on Windows, which only a shell starts. */
async function npm(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('npm', args, { cwd, shell: process.platform === 'win32' });
  return stdout;
}

function widthwise(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const bin = join(folder, 'node_modules/widthwise/bin/widthwise.js');
  return run(process.execPath, [bin, ...args], { cwd: folder });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'widthwise-pack-'));
  [packed] = JSON.parse(await npm(PACKAGE, 'pack', '--json', '--pack-destination', folder));
  await npm(folder, 'install', '--offline', '--no-audit', '--no-fund', join(folder, packed.filename));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('the package holds the command, its worker, grammar and data, and nothing of how it was built', () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'bin/widthwise.js',
      'dist/cli.js',
      'dist/run-worker.js',
      'dist/analyser.js',
      'dist/probe.py',
      'dist/tree-sitter-python.wasm',
      'dist/data/digits.csv.gz',
      'dist/data/README.md',
      'dist/rules/MUP101.md',
      'dist/THIRD-PARTY-NOTICES.txt',
    ]),
  );
  const known =
    /^(LICENSE|README\.md|package\.json|bin\/widthwise\.js|dist\/[\w-]+\.(js|py|wasm|txt)|dist\/data\/.*|dist\/rules\/MUP\d+\.md)$/;
  expect(paths.filter((path) => !known.test(path))).toEqual([]);
});

test('the package asks for nothing else', async () => {
  const manifest = JSON.parse(await readFile(join(folder, 'node_modules/widthwise/package.json'), 'utf8'));
  expect(manifest.dependencies ?? {}).toEqual({});
  await access(join(folder, 'node_modules/.bin/widthwise'));
});

test("installed in an empty folder, the demo's command measures the digits it ships", async () => {
  const { stdout, stderr } = await widthwise('compare', '--widths', '32,64,128', '--seeds', '2');
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^digits, 64 samples · tanh, 3 hidden layers/);
  for (const label of ['SP, constant η', 'SP, η/n', 'NTP', 'IP', 'μP'])
    expect(stdout).toContain(`\n${label} `);
  expect(stdout).toContain('30 runs computed');
  expect(await readFile(join(folder, 'widthwise-digits.html'), 'utf8')).toContain('<svg');
});
