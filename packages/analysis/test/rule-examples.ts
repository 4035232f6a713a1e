import { readdirSync, readFileSync } from 'node:fs';

const PAGES = new URL('../../../docs/rules/', import.meta.url);

/** The Python examples of every rule's page. */
export function ruleExamples(): readonly { readonly name: string; readonly source: string }[] {
  return readdirSync(PAGES).flatMap((page) => {
    const text = readFileSync(new URL(page, PAGES), 'utf8');
    const blocks = [...text.matchAll(/```python\n(.*?)```/gs)];
    return blocks.map(([, source = ''], at) => ({ name: `${page}, example ${at + 1}`, source }));
  });
}
