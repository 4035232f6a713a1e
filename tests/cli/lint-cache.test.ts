import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const MODEL = join(import.meta.dirname, '../../examples/pytorch-mlp/model.py');

async function project(): Promise<{ readonly cwd: string; readonly env: NodeJS.ProcessEnv }> {
  const [cwd, cache] = [await emptyFolder(), await emptyFolder()];
  await mkdir(join(cwd, '.git'));
  await copyFile(MODEL, join(cwd, 'model.py'));
  await writeFile(join(cwd, 'broken.py'), 'import torch\nx = (\n');
  await writeFile(join(cwd, 'empty.py'), '');
  return { cwd, env: { WIDTHWISE_CACHE_DIR: cache } };
}

async function entriesIn(folder: string | undefined): Promise<readonly string[]> {
  const entries = await readdir(folder ?? '', { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** But for the time that it took. */
const timeless = (text: string) => text.replace(/ in [\d.]+ m?s$/m, '');

describe('lint says the same of what it knows', () => {
  test.each([
    [['--format', 'text']],
    [['--format', 'json']],
    [['--format', 'sarif']],
    [['--format', 'github']],
    [['--diff']],
    [['--write-baseline', 'known.json']],
  ])('with %j', async (flags) => {
    const { cwd, env } = await project();
    const run = async (...more: readonly string[]) => {
      const { code, stdout, stderr } = await widthwise(
        cwd,
        ['lint', '.', '--profile', 'mup', ...flags, ...more],
        env,
      );
      return { code, stdout: timeless(stdout), stderr };
    };
    const anew = await run('--no-cache');
    expect(await entriesIn(env['WIDTHWISE_CACHE_DIR'])).toEqual([]);
    expect([await run(), await run()]).toEqual([anew, anew]);
    expect((await entriesIn(env['WIDTHWISE_CACHE_DIR'])).length).toBeGreaterThanOrEqual(3);
    expect((await readdir(cwd)).filter((name) => name !== 'known.json')).toEqual([
      '.git',
      'broken.py',
      'empty.py',
      'model.py',
    ]);
  });

  test('when it writes fixes', async () => {
    const [one, other] = [await project(), await project()];
    const args = ['lint', 'model.py', '--profile', 'mup', '--fix'];
    await widthwise(one.cwd, ['lint', 'model.py', '--profile', 'mup'], one.env);
    const known = await widthwise(one.cwd, args, one.env);
    const anew = await widthwise(other.cwd, [...args, '--no-cache'], other.env);
    expect({ ...known, stdout: timeless(known.stdout) }).toEqual({ ...anew, stdout: timeless(anew.stdout) });
    const [written, expected] = [one, other].map(({ cwd }) => readFile(join(cwd, 'model.py'), 'utf8'));
    expect(await written).toBe(await expected);
  });
});
