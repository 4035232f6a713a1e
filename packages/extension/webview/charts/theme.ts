import { type CurveColor, PALETTE } from '@widthwise/figures';
import { opaque } from './opaque.ts';

/** What the canvas draws with, read from the editor's theme. */
export interface Theme {
  color(name: CurveColor): string;
  readonly text: string;
  readonly grid: string;
  readonly background: string;
  readonly font: string;
}

/** The theme as it is now. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const variable = (name: string, fallback: string): string =>
    style.getPropertyValue(`--vscode-${name}`).trim() || fallback;
  const color = (name: CurveColor): string => variable(PALETTE[name].token, PALETTE[name].hex);
  const text = color('text');
  const highContrast = document.body.classList.contains('vscode-high-contrast');
  return {
    color: (name) => (name === 'text' ? text : opaque(color(name))),
    text,
    grid: `color-mix(in srgb, ${text} ${highContrast ? 32 : 14}%, transparent)`,
    background: variable('editor-background', 'white'),
    font: `11px ${variable('font-family', 'sans-serif')}`,
  };
}

/** Calls back when the person changes the theme. VS Code marks the body and rewrites the variables on the root. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
