import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator } from 'playwright-core';

/** The checker as a script, which a page is given from outside: its own policy lets nothing in. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** What a checker of accessibility finds wrong with a page, contrast included, a line each. */
export async function violationsIn(body: Locator): Promise<string[]> {
  const frame = await (await body.elementHandle())?.ownerFrame();
  if (frame == null) throw new Error('the page is gone');
  await frame.evaluate(AXE);
  // SAFETY: the script above defines it, and this is what it answers with.
  const { violations } = (await frame.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )) as Found;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 100)).join(' ')}`);
}
