import type { Curve } from './figure.ts';

const LONGEST_NAME = 14;

/** What stands at the end of a curve: its name, shortened to fit, and what is to be said of it. */
export function endText({ label, remark }: Pick<Curve, 'label' | 'remark'>): string {
  const name = label.length > LONGEST_NAME ? `${label.slice(0, LONGEST_NAME - 3)}…` : label;
  return `${name} ${remark}`.trim();
}
