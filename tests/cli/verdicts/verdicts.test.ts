import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from '../widthwise-process.ts';
import { VERDICT_ROWS } from './rows.ts';

/** `npm run verdicts` runs the slow ones too. */
const rows = VERDICT_ROWS.filter(({ slow }) => !slow || process.env['WIDTHWISE_VERDICTS'] === 'all');

test.for(rows)('$what', async ({ args, files = {}, problems }) => {
  const cwd = await emptyFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
  const setting = args.includes('--lr') ? ['--base-width', '1'] : ['--base-width', '1', '--lr', '1'];
  const { stdout, stderr } = await widthwise(cwd, ['compare', ...setting, ...args, '--json', '-']);
  expect(stderr).toBe('');
  expect(problems(JSON.parse(stdout))).toEqual([]);
});
