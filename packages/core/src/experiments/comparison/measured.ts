import { type LambdaMeans, lambdaMeans, type MeasuredGram } from '../../quantities/mean-gram-lambda-min.ts';
import type { KeptFeatures, QuantityName } from '../../run/run-result.ts';
import { type HalvedParts, halvedParts } from '../../statistics/disjoint-halves.ts';
import {
  logMeans,
  type MeasuredPoint,
  type Unmeasured,
  type WidthMeans,
} from '../../statistics/width-means.ts';
import type { ComparisonRow } from './report.ts';

/** A run with what it keeps beside its row. */
export interface MeasuredRun {
  readonly row: ComparisonRow;
  readonly kept: readonly KeptFeatures[];
}

/** The runs of one parametrization at the widths where every one of them finished. */
export interface Measured {
  readonly rows: readonly ComparisonRow[];
  /** Of a quantity that a run has a series of, at one step. */
  atStep(quantity: QuantityName, layer: number | null, step: number): WidthMeans | Unmeasured;
  /** Of any number of a run; a run without one leaves everything unmeasured. */
  of(pointOf: (row: ComparisonRow) => MeasuredPoint | null): WidthMeans | Unmeasured;
  /** Of λ_min of the mean Gram, where runs keep Grams. */
  lambdaMin(layer: number, step: number, of?: 'absolute' | 'relative'): LambdaMeans | Unmeasured;
  /** ‖h_T − h_0‖_F / √(P·n). */
  displacement(layer: number, step: number): WidthMeans | Unmeasured;
  /** ‖h_0‖_F / √(P·n), where runs keep how far features have moved: not relative to where they began, and relative. */
  startSize(layer: number): WidthMeans | Unmeasured;
  readonly keepsGrams: boolean;
}

/** No slope is fitted at a width where a run diverged. */
export function measuredRuns(runs: readonly MeasuredRun[]): Measured {
  const lost = new Set(runs.flatMap(({ row }) => (row.state === 'diverged' ? [row.width] : [])));
  const whole = runs.filter(({ row }) => !lost.has(row.width));
  const rows = whole.map(({ row }) => row);
  const of: Measured['of'] = (pointOf) => logMeans(rows.map(pointOf).filter((point) => point !== null));
  const keptAt = (layer: number, step: number) =>
    whole.flatMap(({ row, kept }) => {
      const found = kept.find((each) => each.layer === layer && each.step === step);
      return found === undefined ? [] : [{ width: row.width, features: found }];
    });
  // Verdicts, slopes and the limit ask for the same ones, and each takes hundreds of spectra.
  const lambdas = new Map<string, LambdaMeans | Unmeasured>();
  const halved = new Map<number, HalvedParts>();
  const partsOf = (seeds: number): HalvedParts => {
    const parts = halved.get(seeds) ?? halvedParts(seeds);
    halved.set(seeds, parts);
    return parts;
  };
  return {
    rows,
    of,
    keepsGrams: whole.length > 0 && whole.every(({ kept }) => kept.length > 0),
    atStep: (quantity, layer, step) =>
      of((row) => {
        const series = row.series.find((each) => each.quantity === quantity && each.layer === layer);
        const value = series?.values[series.steps.indexOf(step)];
        return value === undefined ? null : { width: row.width, value };
      }),
    lambdaMin(layer, step, kind = 'absolute') {
      const key = `${layer} ${step} ${kind}`;
      const known =
        lambdas.get(key) ??
        lambdaMeans(
          keptAt(layer, step).map(({ width, features }): MeasuredGram => ({ width, gram: features.gram })),
          kind,
          partsOf,
        );
      lambdas.set(key, known);
      return known;
    },
    displacement: (layer, step) =>
      logMeans(keptAt(layer, step).map(({ width, features }) => ({ width, value: features.displacement }))),
    startSize: (layer) =>
      logMeans(
        whole.flatMap(({ row: { width, layers }, kept }) => {
          const last = kept.findLast((each) => each.layer === layer);
          const movement = layers[layer - 1]?.movement ?? 0;
          return last === undefined || movement === 0 ? [] : [{ width, value: last.displacement / movement }];
        }),
      ),
  };
}
