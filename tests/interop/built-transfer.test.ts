import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, test } from 'vitest';
import { interopPython } from './python/interpreter.ts';

const FACTORIES = join(import.meta.dirname, 'built');
const BIN = join(import.meta.dirname, '../../packages/server/bin/widthwise.js');

let python: string;

beforeAll(() => {
  python = interopPython(process.env['INTEROP_PYTHON']);
});

interface Tuned {
  readonly verdict: string;
  readonly drift: { readonly low: number; readonly high: number };
  readonly tuned: { readonly losses: readonly { readonly excess: number }[] };
}

function tuned(factory: string): Tuned {
  const given = ['--python', `rate_networks.py:${factory}`, '--interpreter', python, '--json', '-'];
  const { stdout, stderr } = spawnSync(process.execPath, [BIN, 'transfer', ...given], {
    cwd: FACTORIES,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

test('a factory that ignores its width is not trained', () => {
  const given = [
    '--python',
    'hard_factories.py:trains_ignoring_width',
    '--interpreter',
    python,
    '--json',
    '-',
  ];
  const { stderr, status } = spawnSync(process.execPath, [BIN, 'transfer', ...given], {
    cwd: FACTORIES,
    encoding: 'utf8',
  });
  expect(stderr).toContain('it ignores its width: every parameter has the same shape at 64 and at 256');
  expect(status).toBe(2);
});

test('what drops at random by a function does not, and that is told', () => {
  const given = ['--python', 'hard_factories.py:drops', '--interpreter', python, '--json', '-'];
  const short = ['--widths', '16,32', '--steps', '1', '--seeds', '1', '--time-budget', '1'];
  const { stdout } = spawnSync(process.execPath, [BIN, 'transfer', ...given, ...short], {
    cwd: FACTORIES,
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout).notes.join()).toContain('dropout');
});

test.each([
  ['ends_when_wide', 'its process'],
  ['trains_beyond_memory', 'not enough memory'],
])('what %s costs is the widest network alone', (factory, said) => {
  const given = ['--python', `hard_factories.py:${factory}`, '--interpreter', python, '--json', '-'];
  const short = ['--widths', '16,32,64', '--steps', '2', '--seeds', '1'];
  const { stdout } = spawnSync(process.execPath, [BIN, 'transfer', ...given, ...short], {
    cwd: FACTORIES,
    encoding: 'utf8',
  });
  const { optima, failures } = JSON.parse(stdout);
  expect(optima.map(({ width }: { width: number }) => width)).toEqual([16, 32]);
  expect(failures).toMatchObject([{ width: 64, why: expect.stringContaining(said) }]);
});

describe('of an MLP under Adam', () => {
  test('one rate for all weights drifts like 1/n, and costs what it was tuned for', () => {
    const { verdict, drift, tuned: carried } = tuned('standard');
    expect(verdict).toBe('drifts');
    expect([drift.low < -1, drift.high > -1]).toEqual([true, true]);
    expect(carried.losses.at(-1)?.excess).toBeGreaterThan(2);
  });

  test('the rates of μP keep their place', () => {
    const { verdict, drift } = tuned('mup');
    expect(verdict).not.toBe('drifts');
    expect([drift.low < 0, drift.high > 0, drift.low > -1]).toEqual([true, true, true]);
  });
});
