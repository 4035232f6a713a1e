import { PARAMETRIZATIONS } from '@widthwise/core';

/** A color of {@link PALETTE}. */
export type CurveColor = 'orange' | 'sky-blue' | 'purple' | 'green' | 'vermilion' | 'blue' | 'text';

/**
 * Okabe & Ito 2008, "Color Universal Design": told apart under every common color blindness, on light and dark.
 *
 * `token` is VS Code's name for a color of the same kind, which a theme may set to its own.
 */
export const PALETTE: Readonly<Record<CurveColor, { readonly hex: string; readonly token: string }>> = {
  orange: { hex: '#E69F00', token: 'charts-orange' },
  'sky-blue': { hex: '#56B4E9', token: 'charts-blue' },
  purple: { hex: '#CC79A7', token: 'charts-purple' },
  green: { hex: '#009E73', token: 'charts-green' },
  vermilion: { hex: '#D55E00', token: 'charts-red' },
  blue: { hex: '#0072B2', token: 'charts-yellow' },
  text: { hex: '#808080', token: 'foreground' },
};

export interface CurveStyle {
  readonly color: CurveColor;
  /** Sets apart what shares a color. */
  readonly dotted: boolean;
}

/** A map: a label may be called like a property of every object. */
const BY_LABEL: ReadonlyMap<string, CurveStyle> = new Map<string, CurveStyle>([
  [PARAMETRIZATIONS['sp-constant'].label, { color: 'orange', dotted: true }],
  [PARAMETRIZATIONS.sp.label, { color: 'orange', dotted: false }],
  [PARAMETRIZATIONS.ntp.label, { color: 'sky-blue', dotted: false }],
  [PARAMETRIZATIONS.ip.label, { color: 'purple', dotted: false }],
  [PARAMETRIZATIONS.mup.label, { color: 'green', dotted: false }],
]);

/** For parametrizations of the user's own, in turn. */
const OWN: readonly CurveColor[] = ['vermilion', 'blue'];

/** The style of each parametrization by its name, the same in every figure. */
export function curveStyles(
  parametrizations: readonly { readonly name: string; readonly label: string }[],
): ReadonlyMap<string, CurveStyle> {
  let own = 0;
  return new Map(
    parametrizations.map(({ name, label }) => [
      name,
      BY_LABEL.get(label) ?? { color: OWN[own % OWN.length]!, dotted: own++ >= OWN.length },
    ]),
  );
}
