import type { Mark, VerdictCell } from '../comparison/verdict-cells.ts';
import { fractionText } from '../words/fraction-text.ts';
import { slopeText } from '../words/slope-text.ts';
import type { CoordinateFindings } from './findings.ts';
import { layerName } from './layer-name.ts';

type CoordinateVerdict = NonNullable<CoordinateFindings['verdict']>;

const MARKS: Readonly<Record<CoordinateVerdict, Mark>> = {
  pass: 'yes',
  warn: 'open',
  fail: 'no',
  undecided: 'open',
};

/** A verdict as a sign and a word; neither where a check was interrupted. */
export function checkCell(verdict: CoordinateFindings['verdict']): VerdictCell {
  return verdict === null ? { mark: 'none', word: '' } : { mark: MARKS[verdict], word: verdict };
}

/** One layer at one step, in cells. */
export interface CoordinateTableRow {
  readonly layer: string;
  readonly step: number;
  readonly size: string;
  readonly update: string;
  /** What theory foretells of the update. */
  readonly predicted: string;
  readonly verdict: VerdictCell;
}

/** Every layer at every step; the readout by its name. */
export function coordinateTable(
  { layers }: CoordinateFindings,
  depth: number,
): readonly CoordinateTableRow[] {
  return layers.map(({ layer, step, size, update, predictedUpdate, verdict }) => ({
    layer: layerName(layer, depth),
    step,
    size: slopeText(size),
    update: cellText(update),
    predicted: predictedUpdate === null ? '–' : fractionText(predictedUpdate),
    verdict: checkCell(verdict),
  }));
}

/** The weight of one layer at the last step, in cells. */
export interface WeightTableRow {
  readonly layer: string;
  readonly norm: string;
  readonly update: string;
  readonly alignment: string;
}

/** Every layer's weight at the last step: slopes of its norm, of its update's, and of how that aligns with features. */
export function weightTable({ layers }: CoordinateFindings, depth: number): readonly WeightTableRow[] {
  const last = Math.max(0, ...layers.map(({ step }) => step));
  return layers
    .filter(({ step }) => step === last)
    .map(({ layer, spectralNorm, spectralUpdate, alignment }) => ({
      layer: layerName(layer, depth),
      norm: cellText(spectralNorm),
      update: cellText(spectralUpdate),
      alignment: cellText(alignment),
    }));
}

function cellText(slope: CoordinateFindings['layers'][number]['update']): string {
  return slope === null ? '–' : slopeText(slope);
}
