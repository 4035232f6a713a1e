import type { ParametrizationId } from '@widthwise/core';
import { logMeans, scalingOf, slopeOf } from '@widthwise/core/theory';
import type { MeasuredLayer, Reproduction } from './measured.ts';

/** A quantity of the paper or of ours. */
export type Quantity = keyof MeasuredLayer;

/** Geometric mean over seeds at each width, with the slope over widths. */
export interface Line {
  readonly parametrization: ParametrizationId;
  readonly points: readonly {
    readonly width: number;
    readonly value: number;
    readonly all: readonly number[];
  }[];
  readonly slope: ReturnType<typeof slopeOf>;
  readonly class: ReturnType<typeof scalingOf>['class'];
}

export function lineOf(
  { runs, widths }: Reproduction,
  parametrization: ParametrizationId,
  { quantity, layer }: { readonly quantity: Quantity; readonly layer: number },
): Line {
  const own = runs.filter((run) => run.parametrization === parametrization);
  const measured = own.map((run) => ({ width: run.width, value: run.layers[layer - 1][quantity] }));
  const means = logMeans(measured);
  const isEigenvalue = quantity !== 'change';
  const scaling = scalingOf(means, {
    predicted: null,
    power: isEigenvalue ? 1 : 2,
    ...(isEigenvalue ? { mayRise: true } : {}),
  });
  return {
    parametrization,
    points: widths.map((width) => {
      const all = measured.filter((one) => one.width === width).map(({ value }) => value);
      return { width, value: geometricMean(all), all };
    }),
    slope: slopeOf(means),
    class: scaling.class,
  };
}

/** 0 where a value is at or below it, as an eigenvalue below its rounding is. */
function geometricMean(values: readonly number[]): number {
  if (values.some((value) => value <= 0)) return 0;
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
