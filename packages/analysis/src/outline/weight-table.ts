import type { Budget } from '../budget.ts';
import { grouped } from '../grouped.ts';
import type { MissingOfModel, MissingOfWeight } from '../missing.ts';
import type { ModelOutline, WeightRow } from '../model-outline.ts';
import { hidesName } from '../network/hidden-name.ts';
import { hasWeight } from '../network/layer.ts';
import type { ObservedLayer, ObservedModel } from '../observe/observed-model.ts';
import type { Span } from '../syntax/span.ts';
import { constantAssumption, methodAssumptions, numbersOf, widthAssumption } from './assumptions.ts';
import { type Exponents, exponentsOf, wantedExponents } from './exponents.ts';
import type { Model } from './model.ts';
import { missingOf, readVerdict, type VerdictReading } from './verdict.ts';
import { readWeights, type Weight } from './weights.ts';
import { findWidths, type WidthDeclarations } from './widths.ts';

/** Works out the table and verdict of one model; undefined for a class without weights. */
export function judgeModel(
  observed: ObservedModel,
  declarations: WidthDeclarations,
  budget: Budget,
): Model | undefined {
  const widths = findWidths(observed, declarations, budget);
  const read = readWeights(observed, widths);
  if (read.weights.length + read.unread.length === 0) return undefined;
  const groups = groupsOf(read.weights, read.unread);
  const rows = groups.map(rowOf);
  const judged: VerdictReading =
    widths.names.length === 0
      ? { verdict: null, missing: [{ kind: 'no-width' }] }
      : readVerdict(observed, read.weights, rows.flatMap(missingFrom));
  const outline: ModelOutline = {
    name: observed.name,
    span: observed.span,
    weights: rows,
    read: rows.filter(isRead).length,
    total: rows.length,
    widths: widths.names,
    candidates: widths.candidates,
    verdict: judged.verdict,
    missing: judged.verdict === null ? judged.missing : [],
    assumptions: [
      ...widthAssumption(widths),
      ...methodAssumptions(observed),
      ...constantAssumption(numbersOf(read.weights), widths),
      ...(judged.verdict === null ? [] : judged.assumptions),
    ],
    headline: judged.verdict === null ? null : judged.headline,
  };
  const names = new Map(groups.flatMap(({ name, members }) => members.map((one) => [one, name])));
  return {
    weights: read.weights,
    widths,
    verdict: judged.verdict,
    outline,
    rowName: (weight) => names.get(weight) ?? `${weight.path}.weight`,
  };
}

function missingFrom({ name, missing }: WeightRow): readonly MissingOfModel[] {
  return missing.map((why) => ({ kind: 'weight', name: name.replace(/\.weight$/, ''), why }));
}

/** Role, multiplier and init are known, whoever trains it. */
function isRead({ role, a, b }: WeightRow): boolean {
  return role !== null && a !== null && b !== null;
}

/** Layers that one line makes in a loop are one row. */
interface RowGroup {
  readonly name: string;
  readonly members: readonly Weight[];
  readonly unread: ObservedLayer | null;
}

function groupsOf(weights: readonly Weight[], unread: readonly ObservedLayer[]): readonly RowGroup[] {
  const read = grouped(
    weights,
    ({ layer, shape, path }) => `${layer.span.start} ${shape} ${path.replaceAll(INDEX, '*')}`,
  );
  const other = grouped(unread, ({ layer, path }) => `${layer.span.start} ${path.replaceAll(INDEX, '*')}`);
  return [
    ...[...read.values()].map((members) => ({
      name: `${sharedPath(members)}.weight`,
      members,
      unread: null,
    })),
    ...[...other.values()].map((layers) => ({
      name: unreadName(layers),
      members: [],
      unread: layers[0] ?? null,
    })),
  ];
}

/** A place in a container. */
const INDEX = /(?<=^|\.)\d+(?=\.|$)/g;

/** The path that all members share, with a * for each place in which they differ. */
function sharedPath(members: readonly { readonly path: string }[]): string {
  const paths = members.map((member) => member.path.split('.'));
  const [first = []] = paths;
  const shared = first.map((segment, at) => (paths.every((path) => path[at] === segment) ? segment : '*'));
  return shared.map((segment) => (hidesName(segment) ? '*' : segment)).join('.');
}

function unreadName(layers: readonly ObservedLayer[]): string {
  const [first] = layers;
  return first !== undefined && hasWeight(first.layer) === true
    ? `${sharedPath(layers)}.weight`
    : sharedPath(layers);
}

function rowOf({ name, members, unread }: RowGroup): WeightRow {
  const [first] = members;
  if (first === undefined) return unreadRow(name, unread);
  const each = members.map(exponentsOf);
  const { a, b, c } = each.reduce((left, right) => ({
    a: left.a === right.a ? left.a : null,
    b: left.b === right.b ? left.b : null,
    c: left.c === right.c ? left.c : null,
  }));
  const optimizer = members.every((one) => one.rate.optimizer === first.rate.optimizer)
    ? first.rate.optimizer
    : null;
  return {
    name,
    role: first.role,
    shape: first.shape,
    a,
    b,
    c,
    optimizer,
    spans: {
      attribute: first.attributeSpan,
      constructor: first.layer.span,
      init: uniqueSpans(members.flatMap((one) => one.inits.flatMap(({ write }) => write.span ?? []))),
    },
    wants: wantedExponents(first.role, a, optimizer),
    missing: unique([
      ...members.flatMap(missingOf),
      ...(each.every((one) => isAlike(one, each[0])) ? [] : [{ kind: 'rows-differ' } as const]),
    ]),
  };
}

function unique(missing: readonly MissingOfWeight[]): readonly MissingOfWeight[] {
  return [...new Map(missing.map((one) => [JSON.stringify(one), one])).values()];
}

function isAlike(left: Exponents, right: Exponents | undefined): boolean {
  return left.a === right?.a && left.b === right?.b && left.c === right?.c;
}

function unreadRow(name: string, unread: ObservedLayer | null): WeightRow {
  return {
    name,
    role: null,
    shape: '?',
    a: null,
    b: null,
    c: null,
    optimizer: null,
    spans: {
      attribute: unread?.attributeSpan ?? null,
      constructor: unread?.layer.span ?? { start: 0, end: 0 },
      init: [],
    },
    wants: null,
    missing: [{ kind: 'unread-layer', qualified: unread?.layer.qualified ?? 'it' }],
  };
}

function uniqueSpans(spans: readonly Span[]): readonly Span[] {
  const first = new Map<number, Span>();
  for (const span of spans) if (!first.has(span.start)) first.set(span.start, span);
  return [...first.values()];
}
