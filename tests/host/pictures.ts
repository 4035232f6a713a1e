import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { endInOrder } from './owned-process.ts';
import { packageExtension, repo } from './product.ts';
import { installHost, UnsupportedHost } from './setup/install.ts';
import { Workbench } from './ui/workbench.ts';

const IMAGES = path.join(repo, 'docs/images');
const SETTINGS = {
  'widthwise.profile': 'mup',
  'breadcrumbs.enabled': false,
  'editor.stickyScroll.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.fontSize': 13,
  'editor.scrollbar.horizontal': 'hidden',
};

/** Puts a line in the middle of the editor, and the cursor on it. */
async function goTo(page: Page, line: number, column = 1): Promise<void> {
  const input = page.locator('.quick-input-widget input[type=text]');
  // A line that is in sight would be gone to without a move.
  for (const place of [1, line]) {
    await page.keyboard.press('Control+G');
    await input.fill(`:${place}:${column}`);
    await input.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }
}

async function shoot({ page }: Workbench, name: string): Promise<void> {
  await delay(2000); // what fades in has come
  const { x, y, width, height } = (await page.locator('.editor-group-container').first().boundingBox())!;
  await page.screenshot({ path: path.join(IMAGES, `${name}.png`), clip: { x, y, width, height } });
  console.log(`docs/images/${name}.png`);
}

/** What mends the finding of a line: the menu, and what is there when its first entry was taken. */
async function mend(workbench: Workbench, line: number, name: string | null): Promise<void> {
  const { page } = workbench;
  await goTo(page, line, 20);
  await page.keyboard.press('Control+.');
  const menu = page.locator('.action-widget .monaco-list-row.action');
  await menu.first().waitFor();
  if (name !== null) await shoot(workbench, name);
  await menu.first().click();
  await menu.first().waitFor({ state: 'hidden' });
  await delay(3000); // the edited text is analysed
}

/** Pictures of nanoGPT in VS Code where μP is meant: lens and findings, two hovers, a fix and what it leaves. */
async function pictures(clone: string): Promise<void> {
  const install = await installHost(console.log);
  const vsix = await packageExtension();
  mkdirSync(IMAGES, { recursive: true });
  const workbench = await Workbench.open({ install, vsix }, { workspace: clone, settings: SETTINGS });
  try {
    const { page } = workbench;
    await page.setViewportSize({ width: 1180, height: 1040 });
    await workbench.openFile('model.py');
    await page.keyboard.press('Control+B');
    await goTo(page, 142);
    await page.getByText('unstable as width grows').first().waitFor({ timeout: 120_000 });
    await shoot(workbench, 'nanogpt');
    await workbench.hoverOver('model.py', 'self.c_proj  = nn.Linear', 'μP wants');
    await shoot(workbench, 'nanogpt-hover');
    await workbench.hoverOver('model.py', 'optim_groups = [', 'learning rate of');
    await shoot(workbench, 'nanogpt-rates');
    await workbench.hoverOver('model.py', 'AdamW(optim_groups', 'too large as width grows');
    await shoot(workbench, 'nanogpt-optimizer');
    await workbench.setTheme('Light Modern');
    await mend(workbench, 164, 'nanogpt-fix');
    await mend(workbench, 145, null);
    await goTo(page, 159);
    await shoot(workbench, 'nanogpt-fixed');
  } finally {
    await workbench.close();
  }
}

const clone = process.argv[2];
if (clone === undefined) {
  console.error('npm run docs:pictures -- CLONE_OF_NANOGPT');
  process.exitCode = 2;
} else {
  endInOrder();
  try {
    await pictures(path.resolve(clone));
  } catch (error) {
    console.error(error instanceof Error ? error.stack : error);
    process.exitCode = error instanceof UnsupportedHost ? 2 : 1;
  }
}
