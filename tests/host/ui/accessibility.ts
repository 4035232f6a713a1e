import axe from 'axe-core';
import type { Locator } from 'playwright-core';

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
  // A page's own policy lets no script in: it is given from outside.
  await frame.evaluate(axe.source);
  // SAFETY: the script above defines it, and this is what it answers with.
  const { violations } = (await frame.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )) as Found;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 100)).join(' ')}`);
}
