import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const repo = path.resolve(import.meta.dirname, '../..');
const folder = path.join(repo, '.github/workflows');

const WORKFLOWS = readdirSync(folder).map(
  (name) => [name, readFileSync(path.join(folder, name), 'utf8')] as const,
);

/** Lines that say this, with their number. */
function linesOf(text: string, pattern: RegExp): string[] {
  return text
    .split('\n')
    .flatMap((line, number) => (pattern.test(line) ? [`${number + 1}: ${line.trim()}`] : []));
}

test.each(WORKFLOWS)('%s pins every action of others by its commit', (_, text) => {
  const actions = linesOf(text, /\buses:/);
  expect(actions.filter((line) => !/uses: [\w./-]+@[0-9a-f]{40} # v\d/.test(line))).toEqual([]);
});

test.each([...WORKFLOWS, ['.ci/run', readFileSync(path.join(repo, '.ci/run'), 'utf8')] as const])(
  '%s installs what the lockfile has and runs no script of it',
  (_, text) => {
    const installs = linesOf(text, /\bnpm (?:ci|i|install)\b|\bnpx\b/);
    expect(installs.filter((line) => !line.includes('npm ci --ignore-scripts'))).toEqual([]);
  },
);

test.each(WORKFLOWS)('%s knows no secret that outlives its run', (_, text) => {
  expect(linesOf(text, /\bsecrets\.|NODE_AUTH_TOKEN|NPM_TOKEN|VSCE_PAT/)).toEqual([]);
});

test('only the release may write, and signs in by OIDC', () => {
  for (const [name, text] of WORKFLOWS) {
    const [head = ''] = text.split('\njobs:');
    expect(head, name).toContain('permissions:\n  contents: read\n');
    const granted = linesOf(text, /^ {4,}[\w-]+: write$/).map((line) => line.replace(/^\d+: /, ''));
    expect(granted, name).toEqual(name === 'release.yml' ? ['contents: write', 'id-token: write'] : []);
  }
});
