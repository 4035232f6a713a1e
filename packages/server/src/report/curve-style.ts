import { PARAMETRIZATIONS } from '@widthwise/core';

export interface CurveStyle {
  readonly color: string;
  readonly dotted: boolean;
}

/** Okabe & Ito 2008, "Color Universal Design": told apart under every common color blindness, on light and dark. */
const BY_LABEL: Readonly<Record<string, CurveStyle>> = {
  [PARAMETRIZATIONS['sp-constant'].label]: { color: '#E69F00', dotted: true },
  [PARAMETRIZATIONS.sp.label]: { color: '#E69F00', dotted: false },
  [PARAMETRIZATIONS.ntp.label]: { color: '#56B4E9', dotted: false },
  [PARAMETRIZATIONS.ip.label]: { color: '#CC79A7', dotted: false },
  [PARAMETRIZATIONS.mup.label]: { color: '#009E73', dotted: false },
};

/** For parametrizations of the user's own, in turn. */
const OWN = ['#D55E00', '#0072B2', '#999999'];

/** The color of each label, the same in every figure. */
export function curveStyles(labels: readonly string[]): ReadonlyMap<string, CurveStyle> {
  let own = 0;
  return new Map(
    labels.map((label) => [
      label,
      BY_LABEL[label] ?? { color: OWN[own % OWN.length]!, dotted: own++ >= OWN.length },
    ]),
  );
}

const LONGEST_LABEL = 14;

/** What stands at a curve's end: the name, shortened to fit there, and what is to be said of it. */
export function curveLabel(label: string, remark: string | null): string {
  const name = label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 3)}…` : label;
  return remark === null ? name : `${name} ${remark}`;
}
