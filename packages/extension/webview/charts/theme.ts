import { type ColorToken, FALLBACK_COLORS, opaque } from './colors.ts';

/** What the canvas draws with, read from the editor's theme. */
export interface Theme {
  color(token: ColorToken): string;
  readonly text: string;
  readonly grid: string;
  readonly font: string;
}

/** The theme as it is now. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const variable = (name: string, fallback: string): string =>
    style.getPropertyValue(name).trim() || fallback;
  const text = variable('--vscode-foreground', FALLBACK_COLORS.text);
  const highContrast = document.body.classList.contains('vscode-high-contrast');
  return {
    color: (token) =>
      token === 'text' ? text : opaque(variable(`--vscode-charts-${token}`, FALLBACK_COLORS[token])),
    text,
    grid: `color-mix(in srgb, ${text} ${highContrast ? 32 : 14}%, transparent)`,
    font: `11px ${variable('--vscode-font-family', 'sans-serif')}`,
  };
}

/** Calls back when the person changes the theme. VS Code marks the body and rewrites the variables on the root. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
