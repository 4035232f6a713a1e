import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const repo = path.resolve(import.meta.dirname, '../..');

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: repo, encoding: 'utf8' })
  .split('\0')
  .filter((file) => file !== '' && file !== path.relative(repo, import.meta.filename).replaceAll('\\', '/'));

/** Places on one machine, and anything beside the repository. */
const ELSEWHERE = /(?<![\w.@-])\/(?:work|tmp|root|home|Users)\/[\w.-]+|[A-Z]:\\+Users\\|\.\.\/shared\//;

test('no tracked file names a place outside the repository', () => {
  const naming = tracked
    .filter((file) => existsSync(path.join(repo, file)))
    .flatMap((file) => {
      const lines = readFileSync(path.join(repo, file), 'latin1').split('\n');
      return lines.flatMap((line, number) =>
        ELSEWHERE.test(line) ? [`${file}:${number + 1}: ${line.trim()}`] : [],
      );
    });
  expect(naming).toEqual([]);
});
