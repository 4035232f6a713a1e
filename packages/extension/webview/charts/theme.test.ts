import { PALETTE } from '@widthwise/figures';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { onThemeChange, readTheme } from './theme.ts';

interface Observed {
  readonly target: unknown;
  readonly options: MutationObserverInit;
}

/** A page whose root has these variables and whose body these classes. */
function stubPage(variables: Readonly<Record<string, string>>, ...classes: string[]) {
  const observed: Observed[] = [];
  const told: (() => void)[] = [];
  vi.stubGlobal('document', {
    body: { classList: { contains: (name: string) => classes.includes(name) } },
    documentElement: {},
  });
  vi.stubGlobal('getComputedStyle', () => ({
    getPropertyValue: (name: string) => variables[name] ?? '',
  }));
  vi.stubGlobal(
    'MutationObserver',
    class {
      constructor(changed: () => void) {
        told.push(changed);
      }
      observe(target: unknown, options: MutationObserverInit): void {
        observed.push({ target, options });
      }
    },
  );
  return { observed, told };
}

afterEach(() => void vi.unstubAllGlobals());

describe('a chart is drawn', () => {
  test("in the editor's own colors, curves in all of them", () => {
    const { green, text } = PALETTE;
    stubPage({
      [`--vscode-${green.token}`]: ' #89d1857c ',
      [`--vscode-${text.token}`]: '#cccccc',
      '--vscode-font-family': 'Inter',
      '--vscode-editor-background': '#1f1f1f',
    });
    const { color, ...theme } = readTheme();
    expect(color('green')).toBe('#89d185');
    expect(color('text')).toBe('#cccccc');
    expect(theme).toEqual({
      text: '#cccccc',
      grid: 'color-mix(in srgb, #cccccc 14%, transparent)',
      background: '#1f1f1f',
      font: '11px Inter',
    });
  });

  test('in colors of its own where the editor has none', () => {
    stubPage({});
    const { color, font } = readTheme();
    expect(color('blue')).toBe(PALETTE.blue.hex);
    expect(font).toBe('11px sans-serif');
  });

  test('on a grid that stands out where contrast is wanted', () => {
    stubPage({ [`--vscode-${PALETTE.text.token}`]: '#fff' }, 'vscode-high-contrast');
    expect(readTheme().grid).toBe('color-mix(in srgb, #fff 32%, transparent)');
  });
});

test('a change of the theme is heard at the body that VS Code marks and the root whose variables it writes', () => {
  const { observed, told } = stubPage({});
  const changed = (): void => {};
  onThemeChange(changed);
  expect(told).toEqual([changed]);
  expect(
    observed.map(({ target, options }) => [target, options.attributes, options.attributeFilter]),
  ).toEqual([
    [document.body, true, ['class', 'data-vscode-theme-id']],
    [document.documentElement, true, ['style']],
  ]);
});
