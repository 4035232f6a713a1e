import type { LimitPoint, LimitReport } from '@widthwise/core';
import { valueText } from '../words/number-text.ts';
import { intervalText } from './sentences.ts';

/** One quantity, a row a step. */
export interface LimitTable {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const MOST_STEPS = 8;

/** Loss and λ_min at some steps: by width, extrapolated, in the limit. */
export function limitTables(
  { loss, lambdaMin }: LimitReport,
  widths: readonly number[],
): readonly LimitTable[] {
  return [tableOf('loss', loss, widths), tableOf('λ_min of the last hidden layer', lambdaMin, widths)];
}

function tableOf(title: string, points: readonly LimitPoint[], widths: readonly number[]): LimitTable {
  const count = Math.min(MOST_STEPS, points.length);
  const shown = [
    ...new Set(
      Array.from({ length: count }, (_, at) =>
        Math.round((at * (points.length - 1)) / Math.max(1, count - 1)),
      ),
    ),
  ];
  return {
    title,
    heads: ['step', ...widths.map((width) => `n = ${width}`), 'extrapolated', 'limit'],
    rows: shown.map((index) => {
      const { step, limit, extrapolated, byWidth } = points[index]!;
      const cells = widths.map((width) =>
        valueText(byWidth.find((each) => each.width === width)?.value ?? null),
      );
      return [
        String(step),
        ...cells,
        extrapolated === null ? '–' : intervalText(extrapolated),
        valueText(limit),
      ];
    }),
  };
}
