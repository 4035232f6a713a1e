/** The names of VS Code's chart colors, and the text's. */
export type ColorToken = 'orange' | 'blue' | 'purple' | 'green' | 'red' | 'yellow' | 'text';

/** Okabe and Ito's palette, safe for color blindness, for themes that set no chart colors. */
export const FALLBACK_COLORS: Readonly<Record<ColorToken, string>> = {
  orange: '#E69F00',
  blue: '#56B4E9',
  purple: '#CC79A7',
  green: '#009E73',
  red: '#D55E00',
  yellow: '#F0E442',
  text: '#808080',
};

/** The same color for the same parametrization everywhere; a name of the user's own takes one that is left. */
const COLORS: Readonly<Record<string, ColorToken>> = {
  'sp-constant': 'orange',
  sp: 'orange',
  ntp: 'blue',
  ip: 'purple',
  mup: 'green',
};
const OWN_COLORS: readonly ColorToken[] = ['red', 'yellow'];

/** The color of each parametrization of a comparison. */
export function parametrizationColors(names: readonly string[]): ReadonlyMap<string, ColorToken> {
  let own = 0;
  return new Map(names.map((name) => [name, COLORS[name] ?? OWN_COLORS[own++ % OWN_COLORS.length]!]));
}

/** Dots set SP with a constant rate apart from the SP whose color it shares. */
export function parametrizationDash(name: string): readonly number[] {
  return name === 'sp-constant' ? [2, 3] : [];
}

/** A theme may give a color for overlays; a curve is drawn with all of it. */
export function opaque(color: string): string {
  if (/^#[0-9a-f]{8}$/i.test(color)) return color.slice(0, 7);
  return color.replace(/^rgba\((.*),[^,]*\)$/, 'rgb($1)');
}
