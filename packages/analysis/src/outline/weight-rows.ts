import type { Exponent, WeightJudgement } from '@widthwise/core';
import type { Budget } from '../budget.ts';
import { grouped } from '../grouped.ts';
import type { MissingOfModel, MissingOfWeight } from '../missing.ts';
import type { WantedExponents, WeightRow } from '../model-outline.ts';
import { hidesName, pathText } from '../network/hidden-name.ts';
import type { ObservedOptimizer } from '../observe/observed-model.ts';
import { placeKey, type Span } from '../syntax/span.ts';
import { isCapped } from './capped.ts';
import { exponentsOf } from './exponents.ts';
import type { ForwardPass } from './forward/forward-pass.ts';
import { usePlaces } from './forward/use-places.ts';
import { judge } from './judge.ts';
import type { Judgement } from './judgement.ts';
import type { KeptClassifications } from './kept-classifications.ts';
import { dimensionKeys } from './row-keys.ts';
import { tiedMultipliers } from './tied-uses.ts';
import { missingOf, readVerdict, type VerdictReading } from './verdict.ts';
import { wantedOf } from './wants.ts';
import type { Weight } from './weights.ts';
import type { Widths } from './widths.ts';

/** What weights are judged with. */
export interface RowSources {
  readonly pass: ForwardPass;
  readonly widths: Widths;
  readonly budget: Budget;
  readonly classifications: KeptClassifications;
}

/** The rows of weights and what is said of the model with them. */
export interface RowReading {
  readonly judgement: Judgement | null;
  readonly groups: readonly RowGroup[];
  readonly rows: readonly WeightRow[];
  readonly judged: VerdictReading;
}

/** Judges weights, and groups them into rows. */
export function readRows(
  weights: readonly Weight[],
  { pass, widths, budget, classifications }: RowSources,
): RowReading {
  const known = widths.names.length > 0;
  const judgement = known ? judge({ pass, widths, weights, classifications }, budget) : null;
  const groups = groupsOf(weights, widths);
  const placesOf = usePlaces(pass);
  const rows = groups.map((group) => rowOf(group, { known, judgement, placesOf, pass, widths }));
  const judged: VerdictReading =
    known && !widths.areNumbers
      ? readVerdict({ pass, weights, judgement, widths, rowsMissing: missingFrom(rows) })
      : {
          verdict: null,
          headline: null,
          assumptions: [],
          missing: [{ kind: 'no-width' }, ...unreadIn(rows)],
        };
  return { judgement, groups, rows, judged };
}

/** What rows lack, each reason once. */
function missingFrom(rows: readonly WeightRow[]): readonly MissingOfModel[] {
  const each = rows.flatMap(({ name, missing }) => missing.map((why) => ({ name, why })));
  const byReason = grouped(each, ({ why }) => reasonKey(why));
  return [...byReason.values()].flatMap((same): readonly MissingOfModel[] => {
    const [first] = same;
    const names = [...new Set(same.map(({ name }) => name))];
    return first === undefined ? [] : [{ kind: 'weights', names, why: first.why }];
  });
}

/** The parts of which nothing is known whatever the width is. */
function unreadIn(rows: readonly WeightRow[]): readonly MissingOfModel[] {
  return missingFrom(rows).filter(
    (one) => one.kind === 'weights' && (one.why.kind === 'unread-part' || one.why.kind === 'unread-layer'),
  );
}

/** Parameters that one line makes in a loop are one row. */
export interface RowGroup {
  readonly name: string;
  readonly members: readonly Weight[];
}

function groupsOf(weights: readonly Weight[], { isWidth }: Widths): readonly RowGroup[] {
  const keyOf = dimensionKeys(isWidth);
  const rows = grouped(
    weights,
    ({ layer, dims, path }) =>
      `${layer.span.start} ${keyOf(dims)} ${path.split('.').map(placeless).join('.')}`,
  );
  const layers = grouped(weights, ({ layer }) => layer);
  const sizesOf = ({ layer }: Weight) => (layers.get(layer) ?? []).map(({ dims }) => keyOf(dims)).join('; ');
  const apart = [...rows.values()].flatMap((members) =>
    differ(members) ? [...grouped(members, sizesOf).values()] : [members],
  );
  const places = new Map(weights.map((weight, at) => [weight, at]));
  const placeOf = ([first]: readonly Weight[]) => (first && places.get(first)) ?? 0;
  const named = apart
    .toSorted((one, other) => placeOf(one) - placeOf(other))
    .map((members) => ({ name: sharedPath(members), members }));
  const alike = grouped(named, ({ name }) => name);
  return named.map((row) => {
    const isOnly = alike.get(row.name)?.length === 1;
    return isOnly ? row : { ...row, name: sharedPath(row.members, 'list') };
  });
}

/**
 * Whether weights of one line and shape scale otherwise: biases do where they start by what their layers sum over, as in a
 * loop whose first round takes the data. Those of layers of the same sizes are a row then.
 */
function differ(members: readonly Weight[]): boolean {
  const each = members.map(exponentsOf);
  return KEYS.some((key) => new Set(each.map((one) => one[key])).size > 1);
}

/** A part of a path, without the place in a container that it may be. */
function placeless(segment: string): string {
  return /^\d+$/.test(segment) || hidesName(segment) ? '*' : segment;
}

/** The path that all members share, with a * for each place in which they differ, or what stands there. */
function sharedPath(members: readonly { readonly path: string }[], differing: '*' | 'list' = '*'): string {
  const paths = members.map((member) => member.path.split('.'));
  const [first = []] = paths;
  const shared = first.map((_, at) => {
    const segments = [...new Set(paths.map((path) => path[at] ?? ''))];
    if (segments.length === 1) return segments.join('');
    return differing === '*' ? '*' : `{${segments.join(',')}}`;
  });
  return pathText(shared.join('.'));
}

/** What is known of all rows together. */
interface JudgedRows {
  /** Whether there is a width: without one no exponent is claimed. */
  readonly known: boolean;
  readonly judgement: Judgement | null;
  readonly placesOf: ReturnType<typeof usePlaces>;
  readonly pass: ForwardPass;
  readonly widths: Widths;
}

function rowOf(
  { name, members }: RowGroup,
  { known, judgement, placesOf, pass, widths }: JudgedRows,
): WeightRow {
  const [first] = members;
  if (first === undefined) throw new RangeError('rowOf: expected a group with members');
  const each = members.map(exponentsOf);
  const { a, b, c } = known
    ? { a: shared(each, 'a'), b: shared(each, 'b'), c: shared(each, 'c') }
    : { a: null, b: null, c: null };
  const tied = known && a === null && members.length === 1 ? tiedMultipliers(first, widths) : null;
  const judged = known ? members.map((member) => judgement?.weights.get(member)) : [];
  return {
    name,
    aliases: [...new Set(first.aliases.map(({ path }) => path))]
      .filter((path) => path !== first.path)
      .map(pathText),
    isTied: first.isTied,
    mayBeOff: mayBeOff(members),
    isEmbedding: [first, ...first.aliases].some(({ layer }) => layer.family === 'embedding'),
    role: known ? shared(members, 'role') : null,
    shape: first.shape,
    a,
    b,
    c,
    tied,
    optimizer: shared(
      members.map(({ rate }) => ({ kind: rate.update?.kind ?? null })),
      'kind',
    ),
    trainers: [...new Set(members.flatMap(({ rate }) => rate.optimizers.map(className)))],
    spans: {
      attribute: first.spans.attribute,
      holders: uniqueSpans(members.flatMap(({ spans }) => spans.holders)),
      constructor: first.spans.constructor,
      init: uniqueSpans(members.flatMap((one) => one.inits.flatMap(({ write }) => write.span ?? []))),
      uses: uniqueSpans(members.flatMap(({ uses }) => placesOf(uses))),
      trained: uniqueSpans(members.flatMap(({ rate }) => rate.optimizers.map(({ span }) => span))),
      groups: uniqueSpans(members.flatMap(({ rate }) => rate.groups)),
    },
    wants: known ? wantedOfAll(members, judgement) : null,
    effects: {
      init: sharedOf(judged, 'init'),
      rate: sharedOf(judged, 'rate'),
      made: judgement === null || a === null ? null : madeBy(members, a, judgement.outcomes),
      moved: judgement === null || a === null ? null : madeBy(members, a, judgement.changes),
    },
    isFixed: members.every(({ frozen }) => frozen === 'surely'),
    isCapped: members.some((member) => isCapped(member, pass)),
    missing: unique([
      ...members.flatMap(missingOf).filter(({ kind }) => kind !== 'multiplier' || tied === null),
      ...(known && [...KEYS].some((key) => new Set(each.map((one) => one[key])).size > 1)
        ? [{ kind: 'rows-differ' } as const]
        : []),
    ]),
  };
}

/** What may leave any of them out; null where all are there for certain. */
function mayBeOff(members: readonly Weight[]): WeightRow['mayBeOff'] {
  const perhaps = members.filter(({ present }) => present === null);
  return perhaps.length === 0 ? null : [...new Set(perhaps.flatMap(({ hangsOn }) => hangsOn))];
}

function className({ qualified }: ObservedOptimizer): string {
  return qualified.slice(qualified.lastIndexOf('.') + 1);
}

const KEYS = ['a', 'b', 'c'] as const;

/** What all have; null where they differ. */
function shared<Item, Key extends keyof Item>(items: readonly Item[], key: Key): Item[Key] | null {
  const values = new Set(items.map((item) => item[key]));
  const [value] = values;
  return value !== undefined && values.size === 1 ? value : null;
}

/** The calculus' answer where it is the same for all. */
function sharedOf(
  judged: readonly (WeightJudgement | undefined)[],
  key: keyof WeightJudgement,
): number | null {
  const known = judged.filter((one) => one !== undefined);
  return known.length === judged.length ? shared(known, key) : null;
}

/** How large something of what all of them make is, with their multiplier; null where they differ. */
function madeBy(members: readonly Weight[], a: number, of: ReadonlyMap<Weight, Exponent>): Exponent {
  const sizes = new Set(members.map((member) => of.get(member) ?? null));
  const [size = null] = sizes;
  return sizes.size === 1 && size !== null ? size + a : null;
}

/** What is right for all of them; null where they differ. */
function wantedOfAll(members: readonly Weight[], judgement: Judgement | null): WantedExponents | null {
  const wanted = members.map((member) => (judgement === null ? null : wantedOf(member, judgement)));
  const known = wanted.filter((one) => one !== null);
  if (known.length < wanted.length || known.length === 0) return null;
  return { a: shared(known, 'a'), b: shared(known, 'b'), c: shared(known, 'c') };
}

/** What is missing at a line of another file is so whichever line calls that. */
function reasonKey(missing: MissingOfWeight): string {
  return JSON.stringify(missing, (name, value) =>
    name === 'calledAt' || name === 'isMadeThere' ? undefined : value,
  );
}

function unique(missing: readonly MissingOfWeight[]): readonly MissingOfWeight[] {
  return [...new Map(missing.map((one) => [reasonKey(one), one])).values()];
}

function uniqueSpans(spans: readonly Span[]): readonly Span[] {
  const first = new Map<string | undefined, Span>();
  for (const span of spans) if (!first.has(placeKey(span))) first.set(placeKey(span), span);
  return [...first.values()];
}
