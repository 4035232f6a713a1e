import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const BIN = fileURLToPath(new URL('../../packages/server/bin/widthwise.js', import.meta.url));
const COMMANDS = ['lint', 'explain', 'classify', 'compare', 'serve'];

test.each([['--help'], ['-h'], ['help'], []])('widthwise %s lists the commands', async (...args) => {
  const { code, stdout } = await widthwise(await emptyFolder(), args);
  for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(code).toBe(0);
});

test.each(COMMANDS)('widthwise %s --help fits a terminal and is what help prints', async (command) => {
  const cwd = await emptyFolder();
  const { code, stdout } = await widthwise(cwd, [command, '--help']);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect((await widthwise(cwd, ['help', command])).stdout).toBe(stdout);
  expect(code).toBe(0);
});

test('widthwise --version prints the version of the package', async () => {
  const manifest = await readFile(new URL('../../packages/server/package.json', import.meta.url), 'utf8');
  const { stdout } = await widthwise(await emptyFolder(), ['--version']);
  expect(stdout).toBe(`${JSON.parse(manifest).version}\n`);
});

test('a pipe that closes early is no failure', async () => {
  const line = `'${process.execPath}' '${BIN}' compare --help | head -n 1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', line], { cwd: await emptyFolder(), encoding: 'utf8' });
  expect(stdout.split('\n').at(-2)).toBe('0');
  expect(stderr).toBe('');
});

// Windows does not delete a folder that somebody is in.
if (process.platform !== 'win32') {
  test('a folder that was deleted under the command is said in one sentence', async () => {
    const line = `mkdir gone && cd gone && rmdir ../gone && '${process.execPath}' '${BIN}' compare`;
    const { status, stderr } = spawnSync('bash', ['-c', line], {
      cwd: await emptyFolder(),
      encoding: 'utf8',
    });
    expect(stderr).toBe('widthwise: the current folder does not exist any more\n');
    expect(status).toBe(2);
  });
}
