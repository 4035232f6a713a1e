import { expect, test } from 'vitest';
import { type InstallStep, install } from './installation.ts';

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
