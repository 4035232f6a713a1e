import assert from 'node:assert/strict';
import type { Workbench } from './workbench.ts';

/** Each differs from the one before; a workbench starts in the last. */
const THEMES = {
  light: 'Light Modern',
  'light-high-contrast': 'Light High Contrast',
  'dark-plus': 'Dark+',
  'light-plus': 'Light+',
  'high-contrast': 'Dark High Contrast',
  dark: 'Dark Modern',
};

/** Shows the page that stands open in VS Code's own themes, leaves a picture of each, and finds nothing wrong in any. */
export async function accessibleInEveryTheme(workbench: Workbench, name: string): Promise<void> {
  for (const [theme, title] of Object.entries(THEMES)) {
    const before = await workbench.panel.theme();
    await workbench.setTheme(title);
    await workbench.panel.hasOtherThemeThan(before);
    await workbench.shoot(`${name}-${theme}`);
    assert.deepEqual(await workbench.panel.violations(), [], `${name} in ${title}`);
  }
}
