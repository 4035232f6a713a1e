import type { Exponent, WeightJudgement } from '@widthwise/core';
import type { Budget } from '../budget.ts';
import { grouped } from '../grouped.ts';
import { isConstant } from '../growth/growth-of.ts';
import { freeSymbolsOf } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import type { MissingOfModel, MissingOfWeight } from '../missing.ts';
import type { ModelOutline, WantedExponents, WeightRow } from '../model-outline.ts';
import { hidesName } from '../network/hidden-name.ts';
import type { ObservedModel } from '../observe/observed-model.ts';
import type { AnalysisOptions } from '../options.ts';
import type { Span } from '../syntax/span.ts';
import { constantAssumption, methodAssumptions, numbersOf, widthAssumption } from './assumptions.ts';
import { withBuilt } from './built-exponents.ts';
import { isCapped } from './capped.ts';
import { exponentsOf } from './exponents.ts';
import { type ForwardPass, readForwardPass } from './forward/forward-pass.ts';
import { usePlaces } from './forward/use-places.ts';
import { type Judgement, judge } from './judgement.ts';
import { readTwin } from './mlp-twin.ts';
import type { Model } from './model.ts';
import { missingOf, readVerdict, type VerdictReading } from './verdict.ts';
import { wantedOf } from './wants.ts';
import { readWeights, type Weight } from './weights.ts';
import type { WidthDeclarations } from './widths/declarations.ts';
import { nameNumbers } from './widths/named-numbers.ts';
import { findWidths, type Widths } from './widths.ts';

/** What judging a model takes beside its parts, and what reading a parameter, its row, and handing that on take. */
const WORK_OF_MODEL = 1500;
const WORK_OF_ROW = 100;

/** Works out the table and verdict of one model; undefined for a class without parameters. */
export function judgeModel(
  observed: ObservedModel,
  declarations: WidthDeclarations & Pick<AnalysisOptions, 'built'>,
  budget: Budget,
): Model | undefined {
  if (observed.parameters.length === 0) return undefined;
  budget.spend(WORK_OF_MODEL + WORK_OF_ROW * observed.parameters.length);
  const { pass, widths, weights: read } = readModel(observed, declarations, budget);
  const weights = withBuilt(read, declarations.built ?? []);
  const known = widths.names.length > 0;
  const judgement = known ? judge({ pass, widths, weights }, budget) : null;
  const groups = groupsOf(weights);
  const placesOf = usePlaces(pass);
  const rows = groups.map((group) => rowOf(group, { known, judgement, placesOf, pass }));
  const judged: VerdictReading =
    known && !widths.areNumbers
      ? readVerdict({ pass, weights, judgement, widths, rowsMissing: missingFrom(rows) })
      : {
          verdict: null,
          headline: null,
          assumptions: [],
          missing: [{ kind: 'no-width' }, ...unreadIn(rows)],
        };
  const outline: ModelOutline = {
    name: observed.name,
    span: observed.span,
    weights: rows,
    read: rows.filter(isRead).length,
    total: rows.length,
    widths: widths.names,
    candidates: widths.candidates,
    verdict: judged.verdict,
    missing: judged.missing,
    assumptions: [
      ...widthAssumption(widths),
      ...methodAssumptions(observed),
      ...constantAssumption([...numbersOf(weights), ...widths.splits], widths),
      ...judged.assumptions,
    ],
    twin: readTwin({ pass, weights, widths }),
    headline: judged.headline,
  };
  const names = new Map(groups.flatMap(({ name, members }) => members.map((one) => [one, name])));
  return {
    weights,
    widths,
    judgement,
    pass,
    verdict: judged.verdict,
    hasBaseShapes: observed.hasBaseShapes,
    baseShapes: observed.baseShapes,
    outline,
    rowName: (weight) => names.get(weight) ?? weight.path,
  };
}

/** A model as it is judged. */
interface ReadModel {
  readonly pass: ForwardPass;
  readonly widths: Widths;
  readonly weights: readonly Weight[];
}

/**
 * Its forward pass, widths and weights. Where numbers are the sizes of features, those may be widths; constants of the
 * file are read as names where they are widths or may be.
 */
function readModel(observed: ObservedModel, declarations: WidthDeclarations, budget: Budget): ReadModel {
  const written = readForwardPass(observed.forward, budget);
  const read = (isName: (constant: WidthSymbol) => boolean) => {
    const named = nameNumbers(observed, written, { declared: declarations.widths, isName, budget });
    const { model, pass } = named ?? { model: observed, pass: written };
    const widths = findWidths({ model, pass, declarations, numbers: named?.names ?? new Set() }, budget);
    return { model, pass, widths, constants: named?.constants ?? [] };
  };
  let found = read(() => true);
  const { constants } = found;
  const concerned = constants.length === 0 ? constants : constants.filter(besideWidths(found));
  if (concerned.length < constants.length) found = read((constant) => concerned.includes(constant));
  return { pass: found.pass, widths: found.widths, weights: readWeights(found) };
}

/** Whether a name may grow, or stands in one length with one that may, as the number of heads does. */
function besideWidths({ pass, widths }: Pick<ReadModel, 'pass' | 'widths'>): (name: WidthSymbol) => boolean {
  if (widths.names.length === 0) return () => false;
  const mayGrow = (symbol: WidthSymbol) =>
    !isConstant(widths.growthOf({ op: 'symbol', symbol, value: null }));
  const lengths = pass.tensors.flatMap(({ shape }) => (shape?.dims ?? []).map(freeSymbolsOf));
  const concerned = new Set(lengths.flatMap((names) => ([...names].some(mayGrow) ? [...names] : [])));
  return (name) => concerned.has(name) || mayGrow(name);
}

/** What rows lack, each reason once. */
function missingFrom(rows: readonly WeightRow[]): readonly MissingOfModel[] {
  const each = rows.flatMap(({ name, missing }) => missing.map((why) => ({ name, why })));
  const byReason = grouped(each, ({ why }) => JSON.stringify(why));
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

/** Role, multiplier and init are known, whoever trains it. */
function isRead({ role, a, b }: WeightRow): boolean {
  return role !== null && a !== null && b !== null;
}

/** Parameters that one line makes in a loop are one row. */
interface RowGroup {
  readonly name: string;
  readonly members: readonly Weight[];
}

function groupsOf(weights: readonly Weight[]): readonly RowGroup[] {
  const rows = grouped(
    weights,
    ({ layer, shape, path }) => `${layer.span.start} ${shape} ${path.replaceAll(INDEX, '*')}`,
  );
  const named = [...rows.values()].map((members) => ({ name: sharedPath(members), members }));
  const alike = grouped(named, ({ name }) => name);
  return named.map((row) => {
    const isOnly = alike.get(row.name)?.length === 1;
    return isOnly ? row : { ...row, name: sharedPath(row.members, 'list') };
  });
}

/** A place in a container. */
const INDEX = /(?<=^|\.)\d+(?=\.|$)/g;

/** The path that all members share, with a * for each place in which they differ, or what stands there. */
function sharedPath(members: readonly { readonly path: string }[], differing: '*' | 'list' = '*'): string {
  const paths = members.map((member) => member.path.split('.'));
  const [first = []] = paths;
  const shared = first.map((_, at) => {
    const segments = [...new Set(paths.map((path) => path[at] ?? ''))];
    if (segments.length === 1) return segments.join('');
    return differing === '*' ? '*' : `{${segments.join(',')}}`;
  });
  return shared.map((segment) => (hidesName(segment) ? '*' : segment)).join('.');
}

/** What is known of all rows together. */
interface RowSources {
  /** Whether there is a width: without one no exponent is claimed. */
  readonly known: boolean;
  readonly judgement: Judgement | null;
  readonly placesOf: ReturnType<typeof usePlaces>;
  readonly pass: ForwardPass;
}

function rowOf({ name, members }: RowGroup, { known, judgement, placesOf, pass }: RowSources): WeightRow {
  const [first] = members;
  if (first === undefined) throw new RangeError('rowOf: expected a group with members');
  const each = members.map(exponentsOf);
  const { a, b, c } = known
    ? { a: shared(each, 'a'), b: shared(each, 'b'), c: shared(each, 'c') }
    : { a: null, b: null, c: null };
  const judged = known ? members.map((member) => judgement?.weights.get(member)) : [];
  return {
    name,
    aliases: [...new Set(first.aliases.map(({ path }) => path))].filter((path) => path !== first.path),
    isTied: first.isTied,
    isEmbedding: [first, ...first.aliases].some(({ layer }) => layer.family === 'embedding'),
    role: known ? shared(members, 'role') : null,
    shape: first.shape,
    a,
    b,
    c,
    optimizer: shared(
      members.map(({ rate }) => ({ kind: rate.update?.kind ?? null })),
      'kind',
    ),
    spans: {
      attribute: first.spans.attribute,
      constructor: first.spans.constructor,
      init: uniqueSpans(members.flatMap((one) => one.inits.flatMap(({ write }) => write.span ?? []))),
      uses: uniqueSpans(members.flatMap(({ uses }) => placesOf(uses))),
      trained: uniqueSpans(members.flatMap(({ rate }) => rate.optimizers.map(({ span }) => span))),
    },
    wants: known ? wantedOfAll(members, judgement) : null,
    effects: {
      init: sharedOf(judged, 'init'),
      rate: sharedOf(judged, 'rate'),
      made: judgement === null || a === null ? null : madeBy(members, a, judgement.outcomes),
      moved: judgement === null || a === null ? null : madeBy(members, a, judgement.changes),
    },
    isCapped: members.some((member) => isCapped(member, pass)),
    missing: unique([
      ...members.flatMap(missingOf),
      ...(known && [...KEYS].some((key) => new Set(each.map((one) => one[key])).size > 1)
        ? [{ kind: 'rows-differ' } as const]
        : []),
    ]),
  };
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

function unique(missing: readonly MissingOfWeight[]): readonly MissingOfWeight[] {
  return [...new Map(missing.map((one) => [JSON.stringify(one), one])).values()];
}

function uniqueSpans(spans: readonly Span[]): readonly Span[] {
  const first = new Map<number, Span>();
  for (const span of spans) if (!first.has(span.start)) first.set(span.start, span);
  return [...first.values()];
}
