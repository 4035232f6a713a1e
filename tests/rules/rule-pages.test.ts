import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RULES } from '@widthwise/analysis';
import { analyse } from '@widthwise/analysis/testing';
import { describe, expect, test } from 'vitest';

const PAGES = fileURLToPath(new URL('../../docs/rules/', import.meta.url));
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

const pages = (await readdir(PAGES)).filter((file) => file.endsWith('.md')).sort();
const texts = new Map(
  await Promise.all(pages.map(async (file) => [file, await readFile(join(PAGES, file), 'utf8')] as const)),
);

test('every rule has a page with its code and name, and every page a rule', () => {
  expect(new Set(RULES.map(({ code }) => code)).size).toBe(RULES.length);
  expect([...texts.values()].map((text) => text.split('\n')[0]?.replace('# ', ''))).toEqual(
    RULES.map(({ code, name }) => `${code} ${name}`).sort(),
  );
});

describe('the headings of a page are those of every page:', () => {
  for (const [file, text] of texts) {
    test(file, () => {
      expect([...text.matchAll(/^## (.*)$/gm)].map((match) => match[1])).toEqual(HEADINGS);
    });
  }
});

describe('the example of a page shows its rule, and what to use instead does not:', () => {
  /** The codes of all that is said of a page's code, be it underlined or in a lens. */
  const said = (code: string, heading: string): readonly string[] => {
    const page = texts.get(`${code}.md`) ?? '';
    const [, source = ''] = new RegExp(`## ${heading}\n\`\`\`python\n([^]*?)\`\`\``).exec(page) ?? [];
    const rule = RULES.find((one) => one.code === code);
    const { findings, notes, models } = analyse(
      source,
      rule?.nursery ? { rules: { [code]: 'warning' } } : {},
    );
    expect(models).not.toEqual([]);
    return [...findings, ...notes].map((finding) => finding.code);
  };

  for (const { code } of RULES) {
    test(code, () => {
      expect(said(code, 'Example')).toContain(code);
      expect(said(code, 'Use instead')).toEqual([]);
    });
  }
});
