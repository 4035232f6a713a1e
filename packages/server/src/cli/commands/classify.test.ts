import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { called } from '../../../test/called.ts';
import { folderOf } from '../../../test/folder-of.ts';
import { classify } from './classify.ts';

const MUP = ['--init', '0,1/2,1/2,1', '--lr', '-1,0,0,1'];

async function judged(args: readonly string[], cwd?: string): Promise<unknown> {
  const { code, stdout } = await called(classify, [...args, '--json', '-'], cwd);
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe('classify', () => {
  test('judges what each layer has of its own, the readout last', async () => {
    expect(await judged(MUP)).toEqual({
      schema: 'widthwise/classify',
      version: 1,
      regime: 'feature-learning',
      f0: 0.5,
      df: 0,
      features: [0, 0, 0],
      r: [0, 0, 0],
    });
    expect(await judged(['--init', '0,inf', '--lr', '0,0'])).toMatchObject({ f0: null });
  });

  test('foretells as many updates as are asked for', async () => {
    expect(await judged([...MUP, '--steps', '0'])).toMatchObject({ df: null, features: [null, null, null] });
    await expect(judged([...MUP, '--steps', '-1'])).rejects.toThrow('--steps');
    await expect(judged([...MUP, '--steps', '0.5'])).rejects.toThrow('--steps');
  });

  test('says the regime, then what it follows from', async () => {
    const { stdout } = await called(classify, MUP);
    expect(stdout).toMatch(/^feature-learning: /);
    expect(stdout).toMatch(/change of features +e = 0, 0, 0 +layer 1 first/);
    expect(stdout).toMatch(/each layer's own part +r = 0, 0, 0/);
  });

  test.each([
    [['--init', '0,1/2'], '--init and --lr'],
    [['--init', '0,1', '--lr', '0'], 'got 2 and 1'],
    [['--init', '0', '--lr', '0'], 'at least two'],
    [['--init', '0,x', '--lr', '0,0'], "--init: expected exponents such as 1/2, -1, 0.5 or inf, got 'x'"],
    [['--init', '0,1', '--lr', '0,inf'], '--lr: a learning rate cannot be inf'],
    [['--abc', 'mine.json', '--lr', '0,0'], '--abc goes without'],
    [['--abc', 'missing.json'], 'abc missing.json: cannot be read (ENOENT)'],
  ])('refuses %j', async (args, why) => {
    await expect(called(classify, args)).rejects.toThrow(why);
  });
});

describe('a file of exponents', () => {
  const abc = (a: number, b: number, c: number) => ({ a, b, c });
  const mine = { optimizer: 'adam', input: abc(0, 0, 0), hidden: abc(0, 0.5, 1), output: abc(0, 1, 1) };

  async function fileOf(content: string): Promise<string> {
    const folder = await folderOf({});
    await writeFile(path.join(folder, 'mine.json'), content);
    return folder;
  }

  test('is judged at a depth, for its own optimizer or another one', async () => {
    const folder = await fileOf(JSON.stringify(mine));
    expect(await judged(['--abc', 'mine.json'], folder)).toMatchObject({
      regime: 'feature-learning',
      features: [0, 0, 0],
    });
    expect(await judged(['--abc', 'mine.json', '--depth', '1'], folder)).toMatchObject({ features: [0] });
    expect(await judged(['--abc', 'mine.json', '--optimizer', 'sgd'], folder)).not.toMatchObject({
      regime: 'feature-learning',
    });
    for (const depth of ['0', '1.5', '1001'])
      await expect(called(classify, ['--abc', 'mine.json', '--depth', depth], folder)).rejects.toThrow(
        '--depth',
      );
    expect(await judged(['--abc', 'mine.json', '--depth', '1000'], folder)).toMatchObject({
      features: Array(1000).fill(0),
    });
  });

  test('that says nothing of use is refused by its name', async () => {
    const call = async (content: string) =>
      called(classify, ['--abc', 'mine.json'], await fileOf(content)).catch((error: Error) => error.message);
    expect(await call('{')).toContain('mine.json: not JSON');
    expect(await call('{"input": 1}')).toContain('mine.json');
  });
});
