import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { type Schema, Validator } from '@cfworker/json-schema';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { emptyFolder } from '../cli/widthwise-process.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const INPUTS = join(REPOSITORY, 'tests/cli/snapshots/inputs');

async function text(file: string): Promise<string> {
  return readFile(join(REPOSITORY, file), 'utf8');
}

test('what action, hook and wheel install is this version', async () => {
  const { version } = JSON.parse(await text('packages/server/package.json'));
  expect(await text('action/lint.sh')).toContain(`npx --yes widthwise@${version}}`);
  const pyproject = await text('pyproject.toml');
  expect(pyproject).toContain(`version = "${version}"`);
  expect(pyproject).toContain(`dependencies = ["widthwise==${version}"]`);
});

test('the script of the action reads the variables that the action sets, and no other', async () => {
  const action = await text('action.yml');
  const set = [...action.matchAll(/^ {8}([A-Z_]+): \$\{\{ inputs\.([a-z-]+) \}\}$/gm)];
  const inputs = action.slice(action.indexOf('inputs:'), action.indexOf('outputs:'));
  expect(set.map(([, , input]) => input)).toEqual(
    [...inputs.matchAll(/^ {2}([a-z-]+):$/gm)].map(([, one]) => one),
  );
  const read = [...(await text('action/lint.sh')).matchAll(/\$([A-Z_]+)/g)].map(([, name]) => name!);
  const own = new Set(read.filter((name) => name !== 'GITHUB_OUTPUT'));
  expect(own).toEqual(new Set(set.map(([, name]) => name)));
});

// GitHub's Windows machines have bash, others may not.
if (process.platform !== 'win32') {
  /** What a run of the script leaves that ends as one that found something, or nothing at all. */
  async function failed(checkout: string, variables: Readonly<Record<string, string>>) {
    const output = join(await emptyFolder(), 'output');
    await writeFile(output, '');
    const env = {
      ...process.env,
      WIDTHWISE_COMMAND: `${process.execPath} ${join(REPOSITORY, 'packages/server/bin/widthwise.js')}`,
      GITHUB_WORKSPACE: checkout,
      GITHUB_OUTPUT: output,
      PATHS: '.',
      PROFILE: 'mup',
      FAIL_ON: 'warning',
      BASELINE: '',
      SARIF: 'found here.sarif',
      ...variables,
    };
    const run = promisify(execFile)(join(REPOSITORY, 'action/lint.sh'), [], { cwd: checkout, env });
    const { code, stdout } = await run.then(
      () => expect.unreachable('it found nothing'),
      (error: { code: number; stdout: string }) => error,
    );
    return { code, stdout, output: await readFile(output, 'utf8') };
  }

  test('the script of the action annotates, fails and leaves SARIF of a repository', async () => {
    const checkout = await emptyFolder();
    await cp(join(INPUTS, 'blocks.py'), join(checkout, 'it is; blocks.py'));
    await cp(join(INPUTS, 'branches.py'), join(checkout, 'branches.py'));
    const PATHS = 'it is; blocks.py\n\nbranches.py\n';
    const { code, stdout, output } = await failed(checkout, { PATHS });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::warning file=it is; blocks\.py,line=11/);
    expect(output).toBe('sarif=found here.sarif\n');
    const log = JSON.parse(await readFile(join(checkout, 'found here.sarif'), 'utf8'));
    // SAFETY: a draft 4 schema, of which TypeScript takes the literal shape.
    expect(new Validator(sarifSchema as unknown as Schema, '4').validate(log).errors).toEqual([]);
    expect(log.runs[0].results).toHaveLength(
      stdout.split('\n').filter((line) => line.startsWith('::')).length,
    );
  });

  test('that it could not be installed is no finding, and names no SARIF', async () => {
    const { code, stdout, output } = await failed(await emptyFolder(), { WIDTHWISE_COMMAND: 'false' });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^::error::Widthwise could not be installed or started/);
    expect(output).toBe('');
  });
}
