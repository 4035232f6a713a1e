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
  /** A zero row is parallel to every other. */
  readonly parallel: SamplePairs;
}

type Kind = keyof ParallelRows;

const KINDS: readonly Kind[] = ['duplicates', 'antipodes', 'parallel'];
/** Below it, two cosines, and two norms by the largest of all, are taken as equal. */
export const RESOLUTION = 1e-12;

/** So many pairs of a kind are told. */
const MOST_TOLD = 64;

/** A row by its place on its line: ±‖ξ‖. */
interface Placed {
  readonly row: number;
  readonly place: number;
}

/**
 * All pairs of rows whose cosine is ±1 up to the resolution. Rows of one line have the same projection on any direction, up to
 * sign and length: sorted by one, each is compared with those next to it alone, in time and memory that grow like the rows.
 */
export function parallelRows(inputs: Matrix): ParallelRows {
  const norms = rowNorms(inputs);
  const equalWithin = RESOLUTION * norms.reduce((a, b) => Math.max(a, b), 0);
  const found: Record<Kind, { count: number; first: SamplePair[] }> = {
    ...{ duplicates: none(), antipodes: none(), parallel: none() },
  };
  for (const line of linesOf(inputs, norms)) {
    const counts = countsOf(line, equalWithin);
    const told = toldOf(line, { counts, equalWithin });
    for (const kind of KINDS) {
      found[kind].count += counts[kind];
      found[kind].first.push(...told[kind]);
    }
  }
  addZeroRows(norms, found);
  for (const kind of KINDS) {
    found[kind].first.sort(([a, b], [c, d]) => a - c || b - d);
    found[kind].first.splice(MOST_TOLD);
  }
  return found;
}

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
function linesOf(inputs: Matrix, norms: Float64Array): readonly (readonly Placed[])[] {
  const direction = directionOf(inputs.cols);
  const shadows = Float64Array.from(
    norms,
    (norm, row) => Math.abs(dot(rowOf(inputs, row), direction)) / (norm || 1),
  );
  const order = [...norms.keys()].filter((row) => norms[row] > 0).sort((a, b) => shadows[a] - shadows[b]);
  // Unit vectors of cosine 1 − r are √(2r) apart, and so are their shadows at most.
  const reach = 1.1 * Math.sqrt(2 * RESOLUTION);
  const lines: Placed[][] = [];
  let open: Placed[][] = [];
  for (const row of order) {
    open = open.filter(([head]) => shadows[row] - shadows[head.row] <= reach);
    const cosines = open.map(
      ([head]) => dot(rowOf(inputs, row), rowOf(inputs, head.row)) / (norms[row] * norms[head.row]),
    );
    const at = cosines.findIndex((cosine) => Math.abs(cosine) >= 1 - RESOLUTION);
    const line = at < 0 ? [] : open[at];
    line.push({ row, place: at < 0 || cosines[at] * line[0].place > 0 ? norms[row] : -norms[row] });
    if (at < 0) {
      open.push(line);
      lines.push(line);
    }
  }
  return lines.filter((line) => line.length > 1).map((line) => line.sort((a, b) => a.row - b.row));
}

/** A unit vector in general position. */
function directionOf(length: number): Float64Array {
  const rng = rngFromSeed(0);
  const entries = Float64Array.from({ length }, () => rng.next() - 0.5);
  const norm = Math.sqrt(dot(entries, entries));
  return entries.map((entry) => entry / norm);
}

function kindOf(one: Placed, other: Placed, equalWithin: number): Kind {
  if (Math.abs(Math.abs(one.place) - Math.abs(other.place)) > equalWithin) return 'parallel';
  return one.place * other.place < 0 ? 'antipodes' : 'duplicates';
}

/** Rows of one length stand together once they are sorted by it. */
function countsOf(line: readonly Placed[], equalWithin: number): Readonly<Record<Kind, number>> {
  const sorted = line.toSorted((a, b) => Math.abs(a.place) - Math.abs(b.place));
  let [duplicates, antipodes] = [0, 0];
  for (let from = 0; from < sorted.length; ) {
    const length = Math.abs(sorted[from].place);
    const signs = [0, 0];
    let to = from;
    while (to < sorted.length && Math.abs(sorted[to].place) - length <= equalWithin) {
      signs[sorted[to].place > 0 ? 0 : 1]++;
      to++;
    }
    const [along, against] = signs;
    duplicates += (along * (along - 1) + against * (against - 1)) / 2;
    antipodes += along * against;
    from = to;
  }
  const all = (line.length * (line.length - 1)) / 2;
  return { duplicates, antipodes, parallel: all - duplicates - antipodes };
}

/** The first pairs of each kind, until as many are found as are there or are told. */
function toldOf(
  line: readonly Placed[],
  { counts, equalWithin }: { readonly counts: Readonly<Record<Kind, number>>; readonly equalWithin: number },
): Readonly<Record<Kind, SamplePair[]>> {
  const told: Record<Kind, SamplePair[]> = { duplicates: [], antipodes: [], parallel: [] };
  const isTold = (kind: Kind): boolean => told[kind].length >= Math.min(MOST_TOLD, counts[kind]);
  for (let i = 0; i < line.length && !KINDS.every(isTold); i++) {
    for (let j = i + 1; j < line.length; j++) {
      const kind = kindOf(line[i], line[j], equalWithin);
      if (!isTold(kind)) told[kind].push([line[i].row, line[j].row]);
    }
  }
  return told;
}

function addZeroRows(
  norms: Float64Array,
  found: Readonly<Record<Kind, { count: number; first: SamplePair[] }>>,
): void {
  const zeros = [...norms.keys()].filter((row) => norms[row] === 0);
  const others = norms.length - zeros.length;
  found.duplicates.count += (zeros.length * (zeros.length - 1)) / 2;
  found.parallel.count += zeros.length * others;
  for (const zero of zeros.slice(0, MOST_TOLD)) {
    // Each is told with the first rows; more than are told of all stand before them.
    for (let row = 0; row < Math.min(norms.length, zero + MOST_TOLD); row++) {
      if (row === zero) continue;
      const pair: SamplePair = row < zero ? [row, zero] : [zero, row];
      if (norms[row] > 0) found.parallel.first.push(pair);
      else if (row > zero) found.duplicates.first.push(pair);
    }
  }
}
