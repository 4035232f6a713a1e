import process from 'node:process';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { VERSION } from '../version.ts';
import { main } from './main.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.removeAllListeners('SIGINT');
});

async function said(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'on').mockReturnThis();
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += text;
      return true;
    });
  }
  return { code: await main(args), ...written };
}

describe('a command that is not there', () => {
  test('is refused in one line, with the one that may be meant', async () => {
    const { code, stdout, stderr } = await said('clasify');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^widthwise: unknown command 'clasify'.*classify.*\n$/);
    expect((await said('toString')).code).toBe(2);
    expect((await said('--quiet')).stderr).toContain("unknown flag '--quiet'");
  });

  test('says where it was refused to whoever looks for the place', async () => {
    vi.stubEnv('WIDTHWISE_DEBUG', '1');
    const { code, stderr } = await said('clasify');
    expect(code).toBe(2);
    expect(stderr).toMatch(/unknown command 'clasify'.*\n +at .*main\.ts/);
  });
});

describe('help', () => {
  test('lists the commands, or explains one of them', async () => {
    for (const args of [[], ['help'], ['--help'], ['-h']]) {
      const { code, stdout } = await said(...args);
      expect(code).toBe(0);
      expect(stdout).toMatch(/lint.*explain.*classify.*compare.*coord-check.*serve/s);
    }
    const one = await said('help', 'classify');
    expect(one.code).toBe(0);
    expect(one.stdout).toBe((await said('classify', '--help')).stdout);
    expect(one.stdout).toContain('widthwise classify');
  });
});

test('the version is one line', async () => {
  for (const flag of ['--version', '-v']) {
    const { code, stdout } = await said(flag);
    expect(code).toBe(0);
    expect(stdout).toBe(`${VERSION}\n`);
  }
});
