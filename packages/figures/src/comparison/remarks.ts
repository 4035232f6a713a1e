import type { ComparisonReport } from '@widthwise/core';
import type { ComparisonSetting } from './setting.ts';

const HOW_TO_READ =
  'Slopes are exponents of the width: 0 does not depend on it, −0.5 halves with four times the width. 95\u00a0% intervals over seeds, for these widths. In brackets what theory predicts, after ≠ where the measurement contradicts it and → where it approaches it. Losses are geometric means over seeds, before the first and after the last update.';

/** Beside every table of slopes; with what losses of several parametrizations do not tell of one another. */
export function howToRead({
  parametrizations,
  widths,
  baseWidth,
}: Pick<ComparisonSetting, 'parametrizations' | 'widths' | 'baseWidth'>): string {
  const [smallest] = widths;
  if (parametrizations.length < 2 || baseWidth === smallest) return HOW_TO_READ;
  return `${HOW_TO_READ} They are no contest between rows, which train at rates far apart where the base width is ${baseWidth}: with base width ${smallest} all rows are one network with one rate at width ${smallest}.`;
}

/** Clauses beside the verdicts that the table does not say already. */
export function remarks(
  { verdicts, dependentSamples }: Pick<ComparisonReport, 'verdicts' | 'dependentSamples'>,
  labels: Readonly<Record<string, string>>,
): readonly string[] {
  const own = Object.entries(verdicts ?? {}).flatMap(([name, { divergence, reasons }]) =>
    divergence?.everywhere ? [] : reasons.map((reason) => `${labels[name] ?? name}: ${reason}.`),
  );
  return [...dependentSamples.map((text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`), ...own];
}
