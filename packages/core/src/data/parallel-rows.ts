import { dot } from '../linalg/dot.ts';
import type { Matrix } from '../linalg/matrix.ts';
import { rngFromSeed } from '../random/rng.ts';

/** 0-based, ascending. */
export type SamplePair = readonly [number, number];

/** Pairs of one kind. */
export interface SamplePairs {
  readonly count: number;
  /** The first of them by row. */
  readonly first: readonly SamplePair[];
}

/** Rows on one line through 0. A pair is counted once: parallel if it is neither duplicate nor antipodal. */
export interface ParallelRows {
  readonly duplicates: SamplePairs;
  readonly antipodes: SamplePairs;
  readonly parallel: SamplePairs;
  /** Rows that are 0, which lie on every line and are in no pair. */
  readonly zeros: { readonly count: number; readonly first: readonly number[] };
  /** False where rows stand so close to one another that not all of a line were looked for. */
  readonly examined: boolean;
}

type Kind = 'duplicates' | 'antipodes' | 'parallel';

const KINDS: readonly Kind[] = ['duplicates', 'antipodes', 'parallel'];
/** Below it, two cosines, and two norms by the largest of all, are taken as equal. */
export const RESOLUTION = 1e-12;

/** So many pairs of a kind are told, and rows that are 0. */
const MOST_TOLD = 64;
/** Multiplications that comparing rows with those next to them takes at most: some seconds. */
const MOST_WORK = 2e9;

/** A row by its place on its line: ±‖ξ‖. */
interface Placed {
  readonly row: number;
  readonly place: number;
}

/**
 * All pairs of rows whose cosine is ±1 up to the resolution. Rows of one line have the same projection on any direction, up to
 * sign and length: sorted by one, each is compared with those next to it alone, in time and memory that grow like the rows
 * unless many stand close to one another.
 *
 * @param mostWork what comparing may cost, in multiplications
 */
export function parallelRows(inputs: Matrix, mostWork: number = MOST_WORK): ParallelRows {
  const norms = rowNorms(inputs);
  const equalWithin = RESOLUTION * norms.reduce((a, b) => Math.max(a, b), 0);
  const found: Record<Kind, { count: number; first: SamplePair[] }> = {
    ...{ duplicates: none(), antipodes: none(), parallel: none() },
  };
  const { lines, examined } = linesOf(inputs, norms, mostWork);
  for (const line of lines) {
    const lengths = lengthsOf(line, equalWithin);
    const counts = countsOf(line, lengths);
    const told = toldOf(line, lengths);
    for (const kind of KINDS) {
      found[kind].count += counts[kind];
      found[kind].first.push(...told[kind]);
    }
  }
  for (const kind of KINDS) {
    found[kind].first.sort(([a, b], [c, d]) => a - c || b - d);
    found[kind].first.splice(MOST_TOLD);
  }
  const zeros = [...norms.keys()].filter((row) => norms[row] === 0);
  return { ...found, zeros: { count: zeros.length, first: zeros.slice(0, MOST_TOLD) }, examined };
}

/**
 * ‖x_i‖₂ of each row.
 *
 * @param inputs [samples, features]
 */
export function rowNorms(inputs: Matrix): Float64Array {
  return Float64Array.from({ length: inputs.rows }, (_, i) =>
    Math.sqrt(dot(rowOf(inputs, i), rowOf(inputs, i))),
  );
}

function none(): { count: number; first: SamplePair[] } {
  return { count: 0, first: [] };
}

function rowOf({ data, cols }: Matrix, row: number): Float64Array {
  return data.subarray(row * cols, (row + 1) * cols);
}

/** Lines that more than one row lies on, the rows of each ascending. */
function linesOf(
  inputs: Matrix,
  norms: Float64Array,
  mostWork: number,
): { readonly lines: readonly (readonly Placed[])[]; readonly examined: boolean } {
  const direction = directionOf(inputs.cols);
  const shadows = Float64Array.from(
    norms,
    (norm, row) => Math.abs(dot(rowOf(inputs, row), direction)) / (norm || 1),
  );
  const order = [...norms.keys()].filter((row) => norms[row] > 0).sort((a, b) => shadows[a] - shadows[b]);
  // Unit vectors of cosine 1 − r are √(2r) apart, and so are their shadows at most.
  const reach = 1.1 * Math.sqrt(2 * RESOLUTION);
  const cosineOf = (row: number, other: number): number =>
    dot(rowOf(inputs, row), rowOf(inputs, other)) / (norms[row] * norms[other]);
  const lines: Placed[][] = [];
  let [nearest, compared] = [0, 0];
  const most = mostWork / inputs.cols;
  for (const row of order) {
    if (compared > most) break;
    while (nearest < lines.length && shadows[row] - shadows[lines[nearest][0].row] > reach) nearest++;
    let cosine = 0;
    let at = nearest;
    for (; at < lines.length && Math.abs(cosine) < 1 - RESOLUTION; at++) {
      compared++;
      cosine = cosineOf(row, lines[at][0].row);
    }
    if (Math.abs(cosine) < 1 - RESOLUTION) lines.push([{ row, place: norms[row] }]);
    else lines[at - 1].push({ row, place: cosine * lines[at - 1][0].place > 0 ? norms[row] : -norms[row] });
  }
  return {
    lines: lines.filter((line) => line.length > 1).map((line) => line.sort((a, b) => a.row - b.row)),
    examined: compared <= most,
  };
}

/** A unit vector in general position. */
function directionOf(length: number): Float64Array {
  const rng = rngFromSeed(0);
  const entries = Float64Array.from({ length }, () => rng.next() - 0.5);
  const norm = Math.sqrt(dot(entries, entries));
  return entries.map((entry) => entry / norm);
}

/** The rows of a line that have one length, ascending, by their sides of 0. */
interface OfOneLength {
  readonly along: number[];
  readonly against: number[];
}

/** Rows of one length stand together once they are sorted by it. */
function lengthsOf(line: readonly Placed[], equalWithin: number): readonly OfOneLength[] {
  const sorted = line.toSorted((a, b) => Math.abs(a.place) - Math.abs(b.place));
  const lengths: OfOneLength[] = [];
  for (let from = 0; from < sorted.length; ) {
    const length = Math.abs(sorted[from].place);
    const same: OfOneLength = { along: [], against: [] };
    let to = from;
    while (to < sorted.length && Math.abs(sorted[to].place) - length <= equalWithin) {
      same[sideOf(sorted[to])].push(sorted[to].row);
      to++;
    }
    same.along.sort((a, b) => a - b);
    same.against.sort((a, b) => a - b);
    lengths.push(same);
    from = to;
  }
  return lengths;
}

function sideOf({ place }: Placed): keyof OfOneLength {
  return place > 0 ? 'along' : 'against';
}

function countsOf(line: readonly Placed[], lengths: readonly OfOneLength[]): Readonly<Record<Kind, number>> {
  let [duplicates, antipodes] = [0, 0];
  for (const { along, against } of lengths) {
    duplicates += pairsAmong(along.length) + pairsAmong(against.length);
    antipodes += along.length * against.length;
  }
  return { duplicates, antipodes, parallel: pairsAmong(line.length) - duplicates - antipodes };
}

function pairsAmong(count: number): number {
  return (count * (count - 1)) / 2;
}

/** The first pairs of each kind, in time that grows like the rows. */
function toldOf(
  line: readonly Placed[],
  lengths: readonly OfOneLength[],
): Readonly<Record<Kind, readonly SamplePair[]>> {
  const lengthOf = new Map<number, OfOneLength>();
  for (const one of lengths) for (const row of [...one.along, ...one.against]) lengthOf.set(row, one);
  const rowsOf = ({ row }: Placed): OfOneLength => lengthOf.get(row) ?? { along: [], against: [] };
  const opposite = { along: 'against', against: 'along' } as const;
  return {
    duplicates: firstPairs(line, (one) => rowsOf(one)[sideOf(one)]),
    antipodes: firstPairs(line, (one) => rowsOf(one)[opposite[sideOf(one)]]),
    parallel: lengths.length < 2 ? [] : parallelPairs(line, ({ row }) => lengthOf.get(row)),
  };
}

/** The first pairs of rows with later ones among those, ascending, that make one with them. */
function firstPairs(
  line: readonly Placed[],
  partnersOf: (one: Placed) => readonly number[],
): readonly SamplePair[] {
  const pairs: SamplePair[] = [];
  for (const one of line) {
    const partners = partnersOf(one);
    for (let at = firstAfter(one.row, partners); at < partners.length; at++) {
      if (pairs.length >= MOST_TOLD) return pairs;
      pairs.push([one.row, partners[at]]);
    }
  }
  return pairs;
}

/** The place of the first of ascending rows that comes after another. */
function firstAfter(row: number, rows: readonly number[]): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle] > row) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first pairs of rows of different lengths: behind a row after which all have its own there are none. */
function parallelPairs(
  line: readonly Placed[],
  lengthOf: (one: Placed) => OfOneLength | undefined,
): readonly SamplePair[] {
  const pairs: SamplePair[] = [];
  for (let i = 0; i < line.length; i++) {
    const before = pairs.length;
    const own = lengthOf(line[i]);
    for (let j = i + 1; j < line.length; j++) {
      if (pairs.length >= MOST_TOLD) return pairs;
      if (lengthOf(line[j]) !== own) pairs.push([line[i].row, line[j].row]);
    }
    if (pairs.length === before) break;
  }
  return pairs;
}
