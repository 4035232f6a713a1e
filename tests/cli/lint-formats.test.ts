import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Schema, Validator } from '@cfworker/json-schema';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { RULES } from '@widthwise/analysis';
import { expect, test } from 'vitest';
import { evilModel } from '../strangers/evil-model.ts';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const INPUTS = join(import.meta.dirname, 'snapshots/inputs');

// SAFETY: a draft 4 schema, of which TypeScript takes the literal shape.
const schema = sarifSchema as unknown as Schema;

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { id: string; helpUri: string }[] } };
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
        },
      ];
      readonly results: readonly Result[];
    },
  ];
}

interface Result {
  readonly ruleId: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region: { readonly startLine: number };
      };
    },
  ];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

interface Said {
  readonly message: string;
  readonly assumptions: readonly string[];
  readonly fixes: readonly string[];
}

/** The SARIF of a folder, held to the schema of OASIS. */
async function sarifOf(cwd: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const ended = await widthwise(cwd, ['lint', '.', '--profile', 'mup', '--format', 'sarif', ...args], env);
  const log: Sarif = JSON.parse(ended.stdout);
  expect(new Validator(schema, '4').validate(log).errors).toEqual([]);
  const [run] = log.runs;
  const places = run.results.map(({ ruleId, locations: [{ physicalLocation: at }] }) => {
    return `${at.artifactLocation.uri}:${at.region.startLine} ${ruleId}`;
  });
  return { ...ended, run, places };
}

async function inputs(): Promise<string> {
  const cwd = await emptyFolder();
  await cp(INPUTS, cwd, { recursive: true });
  return cwd;
}

test('SARIF has what the JSON has, with a page of help for every rule', async () => {
  const cwd = await inputs();
  await rm(join(cwd, 'broken.py'));
  const { run, places, code, stderr } = await sarifOf(cwd, ['--json', 'lint.json']);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const json = JSON.parse(await readFile(join(cwd, 'lint.json'), 'utf8'));
  expect(json.findings.length).toBeGreaterThan(2);
  expect(places).toEqual(
    json.findings.map(({ file, line, code }: Record<string, string>) => `${file}:${line} ${code}`),
  );
  expect(run.results.map(({ message }) => message.text)).toEqual(
    json.findings.map(({ message, assumptions, fixes }: Said) =>
      [`${message}.`, ...assumptions, ...fixes.map((fix) => `Fix: ${fix}`)].join('\n'),
    ),
  );
  expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(RULES.map(({ code }) => code));
  expect(run.tool.driver.rules[0]).toMatchObject({
    shortDescription: { text: expect.stringMatching(/^[A-Z].*\.$/) },
    help: { markdown: expect.stringContaining('## Why is this bad') },
  });
  expect(run.invocations[0].executionSuccessful).toBe(true);
});

test('SARIF names what was not read, and does not call itself successful', async () => {
  const cwd = await inputs();
  await writeFile(join(cwd, 'latin.py'), Buffer.from('import torch\n# \xe9\n', 'latin1'));
  await writeFile(join(cwd, 'binary.py'), Buffer.from([0, 1, 2, 3]));
  const { run, code } = await sarifOf(cwd);
  expect(code).toBe(2);
  const [{ executionSuccessful, toolExecutionNotifications: told }] = run.invocations;
  expect(executionSuccessful).toBe(false);
  expect(told.map(({ message: { text } }) => text)).toContainEqual(expect.stringMatching(/^binary\.py /));
});

test('a finding is known by its fingerprint when lines move, and a second one is another', async () => {
  const cwd = await inputs();
  const fingerprints = async () =>
    (await sarifOf(cwd)).run.results.flatMap(({ partialFingerprints }) => Object.values(partialFingerprints));
  const before = await fingerprints();
  expect(new Set(before).size).toBe(before.length);
  const file = join(cwd, 'blocks.py');
  await writeFile(file, `# one more line\n\n${await readFile(file, 'utf8')}`);
  expect(await fingerprints()).toEqual(before);
});

test('in a workflow files are named from the checkout, whatever folder it works in', async () => {
  const cwd = await emptyFolder();
  const inner = join(cwd, 'train ing');
  await mkdir(inner);
  await cp(join(INPUTS, 'blocks.py'), join(inner, 'blocks.py'));
  const { places } = await sarifOf(inner, [], { GITHUB_WORKSPACE: cwd });
  expect(places[0]).toBe('train%20ing/blocks.py:11 MUP101');
  const args = ['lint', '.', '--profile', 'mup', '--format', 'github'];
  const { stdout } = await widthwise(inner, args, { GITHUB_WORKSPACE: cwd });
  expect(stdout).toMatch(
    /^::warning file=train ing\/blocks\.py,line=11,endLine=11,col=9,endColumn=50,title=MUP101 constant-hidden-init::`blocks/,
  );
});

test('names that others wrote end no workflow command and make no link in SARIF', async () => {
  const cwd = await emptyFolder();
  await writeFile(join(cwd, 'a,b:c%0A::error::x.py'), evilModel());
  const { stdout } = await widthwise(cwd, ['lint', '.', '--profile', 'mup', '--format', 'github']);
  const lines = stdout.trimEnd().split('\n');
  const own = /^::(?:warning|notice) file=a%2Cb%3Ac%250A%3A%3Aerror%3A%3Ax\.py,line=\d+,/;
  expect(lines.slice(0, -1).filter((line) => !own.test(line))).toEqual([]);
  expect(lines.at(-1)).toMatch(/^1 file, 1 model, \d+ findings in/);
  const { run } = await sarifOf(cwd);
  for (const { message } of run.results) expect(message.text).not.toMatch(/(?<!\\)\[[^[\]]*\]\(/);
});
