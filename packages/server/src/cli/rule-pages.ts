import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { RULES, type RuleCode } from '@widthwise/analysis';

/** What the page of a rule says of it, as Markdown. */
export interface RulePage {
  readonly code: RuleCode;
  readonly name: string;
  /** Its first sentence. */
  readonly summary: string;
  /** What it does, whole. */
  readonly whatItDoes: string;
  /** The page without its title. */
  readonly markdown: string;
}

/** The pages of all rules, in the order of their codes. */
export async function rulePages(): Promise<readonly RulePage[]> {
  const folder = pagesFolder();
  return Promise.all(
    RULES.map(async ({ code, name }) => {
      const page = await readFile(new URL(`${code}.md`, folder), 'utf8');
      return { code, name, ...partsOf(page) };
    }),
  );
}

/** Beside the bundle where there is one, else where they are written. */
function pagesFolder(): URL {
  const built = new URL('rules/', import.meta.url);
  return existsSync(built) ? built : new URL('../../../../docs/rules/', import.meta.url);
}

function partsOf(page: string): Omit<RulePage, 'code' | 'name'> {
  const markdown = page.slice(page.indexOf('\n') + 1).trim();
  const whatItDoes = markdown.split(/^## .*$/m)[1]?.trim() ?? '';
  return { summary: whatItDoes.split(/(?<=\.)\s/)[0] ?? '', whatItDoes, markdown };
}
