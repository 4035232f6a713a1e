import type { Mark, VerdictCell } from '../comparison/verdict-cells.ts';
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
  readonly verdict: VerdictCell;
}

/** Every layer at every step; the readout by its name. */
export function coordinateTable(
  { layers }: CoordinateFindings,
  depth: number,
): readonly CoordinateTableRow[] {
  return layers.map(({ layer, step, size, update, verdict }) => ({
    layer: layerName(layer, depth),
    step,
    size: slopeText(size),
    update: update === null ? '–' : slopeText(update),
    verdict: checkCell(verdict),
  }));
}
