import { type CheckedPlace, type Figure, placeFigures } from '@widthwise/figures';
import type { RunRecord } from '../../built/coordinates/run-record.ts';
import type { BuiltCheckReport } from './built-check-report.ts';
import { axisOf } from './check-reasons.ts';
import { builtCheckRows } from './check-words.ts';

/** Sizes and updates of places against width at the last step, a curve a row of the table. */
export function builtCheckFigures(report: BuiltCheckReport): readonly Figure[] {
  const { check, request } = report;
  const { steps: step, widths, layers, runs } = check;
  const places = builtCheckRows(report).map(({ path, layer, verdict }): CheckedPlace => {
    const found = layers.find((one) => one.layer === path && one.step === step);
    const measured = (what: 'size' | 'update') => ({
      dots: dotsOf(runs, { path, what, step }),
      slope: found?.[what]?.value ?? null,
    });
    return {
      path: layer,
      isRight: verdict.mark === 'yes',
      size: measured('size'),
      update: measured('update'),
    };
  });
  const figures = placeFigures(places, { widths, axis: axisOf(request).one, step });
  // Nothing is updated at the initialization.
  return step === 0 ? figures.slice(0, 1) : figures;
}

function dotsOf(
  runs: readonly RunRecord[],
  { path, what, step }: { readonly path: string; readonly what: 'size' | 'update'; readonly step: number },
): readonly (readonly [number, number])[] {
  return runs.flatMap(({ width, layers }) => {
    const value = layers.find(({ layer }) => layer === path)?.[what][step] ?? 0;
    return value > 0 ? [[width, value] as const] : [];
  });
}
