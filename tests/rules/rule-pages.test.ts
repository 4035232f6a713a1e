import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widthwise } from '../cli/widthwise-process.ts';

const PAGES = fileURLToPath(new URL('../../docs/rules/', import.meta.url));
const RULES = fileURLToPath(new URL('../../packages/analysis/src/rules/', import.meta.url));
const HEADINGS = [
  'What it does',
  'Why is this bad',
  'Known problems',
  'Example',
  'Use instead',
  'Options',
  'Fix safety',
  'References',
];

/** The codes and names of the rules in the sources. */
async function rulesInSources(): Promise<readonly string[]> {
  const files = (await readdir(RULES, { recursive: true })).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const sources = await Promise.all(files.map((file) => readFile(join(RULES, file), 'utf8')));
  return sources.flatMap((source) => {
    const [, code, name] = /code: '(MUP\d{3})',\s+name: '([a-z-]+)'/.exec(source) ?? [];
    return code === undefined ? [] : [`${code} ${name}`];
  });
}

const pages = (await readdir(PAGES)).filter((file) => file.endsWith('.md')).sort();
const texts = new Map(
  await Promise.all(pages.map(async (file) => [file, await readFile(join(PAGES, file), 'utf8')] as const)),
);

test('every rule has a page with its code and name, and every page a rule', async () => {
  const rules = await rulesInSources();
  expect(new Set(rules.map((rule) => rule.slice(0, 6))).size).toBe(rules.length);
  expect([...texts.values()].map((text) => text.split('\n')[0]?.replace('# ', ''))).toEqual(
    [...rules].sort(),
  );
});

describe('the headings of a page are those of every page:', () => {
  for (const [file, text] of texts) {
    test(file, () => {
      expect([...text.matchAll(/^## (.*)$/gm)].map((match) => match[1])).toEqual(HEADINGS);
    });
  }
});

/** What the command says of a page's code. */
interface Said {
  readonly codes: readonly string[];
  readonly verdict: string;
  readonly widths: readonly string[];
}

describe('the example of a page shows its rule, and what to use instead does not:', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'widthwise-pages-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const said = async (text: string, heading: string): Promise<Said> => {
    const [, code = ''] = new RegExp(`## ${heading}\n\`\`\`python\n([^]*?)\`\`\``).exec(text) ?? [];
    expect(code).not.toBe('');
    await writeFile(join(folder, 'model.py'), code);
    const lint = await widthwise(folder, [
      'lint',
      'model.py',
      '--profile',
      'mup',
      '--fail-on',
      'never',
      '--format',
      'json',
    ]);
    const explain = await widthwise(folder, ['explain', 'model.py', '--json', '-']);
    expect([lint.code, explain.code]).toEqual([0, 0]);
    const { findings, models } = JSON.parse(lint.stdout);
    const { models: explained } = JSON.parse(explain.stdout);
    return {
      codes: findings.map((finding: { code: string }) => finding.code),
      verdict: models[0].verdict,
      widths: explained[0].widths,
    };
  };

  test('MUP101', async () => {
    const text = texts.get('MUP101.md') ?? '';
    expect((await said(text, 'Example')).codes).toEqual(['MUP101']);
    expect((await said(text, 'Use instead')).codes).toEqual([]);
  });

  test('MUP001', async () => {
    const text = texts.get('MUP001.md') ?? '';
    expect((await said(text, 'Example')).widths).toEqual([]);
    expect((await said(text, 'Use instead')).widths).toEqual(['width']);
  });

  for (const [code, verdict] of [
    ['MUP501', 'unstable'],
    ['MUP502', 'kernel'],
  ] as const) {
    test(code, async () => {
      const text = texts.get(`${code}.md`) ?? '';
      expect(await said(text, 'Example')).toMatchObject({ codes: [], verdict });
      expect(await said(text, 'Use instead')).toMatchObject({ codes: [], verdict: 'feature-learning' });
    });
  }
});
