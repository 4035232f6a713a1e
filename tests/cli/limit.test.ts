import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

test('linear networks stand beside their exact limit, and files hold its numbers', async () => {
  const cwd = await emptyFolder();
  const { code, stdout } = await widthwise(cwd, [
    ...['limit', '--activation', 'identity', '--depth', '2', '--data', 'mixture:2,3,3'],
    ...['--widths', '16,32,64', '--seeds', '10', '--steps', '3', '--lr', '0.5'],
  ]);
  expect(stdout).toMatch(
    /\nμP at infinite width has a loss of \S+ after 3 steps, exactly; networks of width 64 have a loss of/,
  );
  expect(code).toBe(0);
  const document = JSON.parse(await readFile(join(cwd, 'widthwise-limit-mixture.json'), 'utf8'));
  expect(document).toMatchObject({
    schema: 'widthwise/limit',
    version: 1,
    complete: true,
    method: 'exact',
    limitError: 0,
  });
  expect(document.loss.map(({ step }: { step: number }) => step)).toEqual([0, 1, 2, 3]);
  expect(await readFile(join(cwd, 'widthwise-limit-mixture.md'), 'utf8')).toContain(
    '**μP at infinite width has',
  );
  const page = await readFile(join(cwd, 'widthwise-limit-mixture.html'), 'utf8');
  expect(page.match(/<svg /g)).toHaveLength(5);
});

test('more samples than are followed are refused in one sentence', async () => {
  const { code, stderr } = await widthwise(await emptyFolder(), ['limit', '--data', 'digits:65']);
  expect(stderr).toMatch(/--data: at most 64 samples, whose Grams are followed, got 65/);
  expect(code).toBe(2);
});
