import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type InstallStep, install } from './installation.ts';
import { npmPackages } from './npm-packages.ts';
import { runProgram } from './run-program.ts';

function installation(abort = new AbortController()) {
  const told: string[] = [];
  const done = new Set<string>(['headers']);
  const step = (what: string, run: () => Promise<void>): InstallStep => ({
    what,
    isDone: () => done.has(what),
    run,
  });
  const add = (what: string) => step(what, async () => void done.add(what));
  const run = (steps: readonly InstallStep[]) =>
    install(steps, { tell: (sentence) => void told.push(sentence), signal: abort.signal });
  return { told, done, step, add, run };
}

test('what is done is not done again, and each step is told', async () => {
  const { told, done, add, run } = installation();
  expect(await run([add('headers'), add('library')])).toBe(true);
  expect(told).toEqual(['1/2  headers: there', '2/2  library …']);
  expect(done).toContain('library');
});

test('one that is stopped leaves what was done before', async () => {
  const abort = new AbortController();
  const { done, step, add, run } = installation(abort);
  const stopped = step('library', async () => {
    abort.abort();
    throw new Error('aborted');
  });
  expect(await run([add('packages'), stopped, add('binding')])).toBe(false);
  expect([...done]).toEqual(['headers', 'packages']);
});

test('one that fails says why', async () => {
  const { step, run } = installation();
  const failing = step('binding', () => Promise.reject(new Error('no compiler')));
  await expect(run([failing])).rejects.toThrow('no compiler');
});

test('packages of npm are there where just those were asked for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'engines-'));
  const { signal } = new AbortController();
  const asking = (packages: readonly string[]) => npmPackages(folder, packages, { size: '1 MB', signal });
  await writeFile(join(folder, 'packages.txt'), 'one@1\ntwo@2');
  expect(asking(['one@1', 'two@2']).isDone()).toBe(true);
  expect(asking(['one@1', 'two@3']).isDone()).toBe(false);
});

test('a shell is given plain words alone: npm is a script on Windows', async () => {
  const options = { cwd: tmpdir(), signal: new AbortController().signal, shell: true };
  expect(await runProgram('npm', ['--version'], options)).toMatch(/^\d+\./);
  await expect(runProgram('npm', ['one@1 & two'], options)).rejects.toThrow('plain words');
});

test('of a program only what it answers counts, and its last words where it fails', async () => {
  const options = { cwd: tmpdir(), signal: new AbortController().signal };
  const run = (code: string) => runProgram(process.execPath, ['-e', code], options);
  expect(await run('console.error("a warning"); console.log("/a/folder")')).toBe('/a/folder');
  await expect(run('console.error("no compiler found"); process.exit(1)')).rejects.toThrow(
    'no compiler found',
  );
});

test.each([
  [
    'code ENOTFOUND',
    'network request to http://host.invalid/one failed, reason: getaddrinfo ENOTFOUND host.invalid',
  ],
  ['code ETARGET', 'notarget No matching version found for one@77.'],
])('of what npm says, %s, the line that says why is told', async (code, why) => {
  const beside = ['network In most cases you are behind a proxy', '', '    at connect (node:net:1)'];
  const said = [code, why, ...beside, 'A complete log of this run can be found in: log'].map(
    (each) => `npm error ${each}`,
  );
  const options = { cwd: tmpdir(), signal: new AbortController().signal };
  const args = ['-e', 'console.error(process.argv[1]); process.exit(1)', said.join('\n')];
  await expect(runProgram(process.execPath, args, options)).rejects.toThrow(
    `failed: ${why.replace(/^\w+ (?=request|No)/, '')}`,
  );
});

test('a program that is not there is said to be missing', async () => {
  const options = { cwd: tmpdir(), signal: new AbortController().signal };
  await expect(runProgram('no-such-program', [], options)).rejects.toThrow(
    'no-such-program cannot be run: it is not on the PATH',
  );
});
