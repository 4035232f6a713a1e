import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { VERSION } from '../version.ts';
import type { StandardStreams } from './standard-streams.ts';

const streams = vi.hoisted(() => ({ now: null as StandardStreams | null }));
vi.mock('./standard-streams.ts', () => ({ standardStreams: () => streams.now }));
vi.mock('./commands/config.ts', () => ({
  config: {
    name: 'config',
    summary: 'fails',
    run: () => Promise.reject(new Error('the analyser does not start\n at nowhere')),
  },
}));
const { main } = await import('./main.ts');

afterEach(() => void vi.unstubAllEnvs());

/** What the command said, all of which arrived but for what is `unwritten`. */
async function said(args: readonly string[], unwritten: string | null = null) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  streams.now = { stdout, stderr, settled: async () => unwritten };
  const code = await main(args);
  const written = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, stdout: written(stdout), stderr: written(stderr) };
}

describe('a command that is not there', () => {
  test('is refused in one line, with the one that may be meant', async () => {
    const { code, stdout, stderr } = await said(['clasify']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^widthwise: unknown command 'clasify'.*classify.*\n$/);
    expect((await said(['toString'])).code).toBe(2);
    expect((await said(['--quiet'])).stderr).toContain("unknown flag '--quiet'");
  });

  test('says where it was refused to whoever looks for the place', async () => {
    vi.stubEnv('WIDTHWISE_DEBUG', '1');
    const { code, stderr } = await said(['clasify']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/unknown command 'clasify'.*\n +at .*main\.ts/);
  });
});

test('a failure of its own is one line, and neither a success nor a finding', async () => {
  const { code, stderr } = await said(['config']);
  expect(code).toBe(2);
  expect(stderr).toBe('widthwise: the analyser does not start (WIDTHWISE_DEBUG=1 shows where)\n');
});

describe('help', () => {
  test('lists the commands, or explains one of them', async () => {
    for (const args of [[], ['help'], ['--help'], ['-h']]) {
      const { code, stdout } = await said(args);
      expect(code).toBe(0);
      expect(stdout).toMatch(/lint.*explain.*classify.*compare.*coord-check.*serve/s);
    }
    const one = await said(['help', 'classify']);
    expect(one.code).toBe(0);
    expect(one.stdout).toBe((await said(['classify', '--help'])).stdout);
    expect(one.stdout).toContain('widthwise classify');
  });
});

test('the version is one line', async () => {
  for (const flag of ['--version', '-v']) {
    const { code, stdout } = await said([flag]);
    expect(code).toBe(0);
    expect(stdout).toBe(`${VERSION}\n`);
  }
});

test('what did not arrive at standard output is said, and is no success', async () => {
  const { code, stderr } = await said(['--version'], 'ENOSPC');
  expect(code).toBe(2);
  expect(stderr).toBe(
    'widthwise: standard output cannot be written (ENOSPC): what was printed is not whole\n',
  );
});
