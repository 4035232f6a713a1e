import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from '../widthwise-process.ts';
import { settingOf, VERDICT_ROWS } from './rows.ts';

/** `npm run verdicts` runs the slow ones too. */
test.for(VERDICT_ROWS.filter(({ slow }) => !slow))('$what', async ({ args, files = {}, problems }) => {
  const cwd = await emptyFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
  const { stdout, stderr } = await widthwise(cwd, ['compare', ...settingOf(args), '--json', '-']);
  expect(stderr).toBe('');
  expect(problems(JSON.parse(stdout))).toEqual([]);
});
