import { codeSpan } from '@widthwise/core';
import type { TrainedModel } from './analysis.ts';
import type { Finding, PlaceElsewhere, RelatedPlace } from './finding.ts';
import type { MissingOfModel, MissingOfWeight } from './missing.ts';
import type { GrowingProduct, ModelOutline, WeightRow } from './model-outline.ts';
import { lineIndex } from './syntax/line-index.ts';
import { decidedAt, type Span } from './syntax/span.ts';
import { isHere, type SourceModules } from './workspace/source-modules.ts';
import { DESCRIBED } from './workspace/workspace.ts';

/**
 * A finding as the file shows it: what stands in another file is shown where the file calls that, else at the model, or where
 * the model is used, and named; what a library's code has, where the model holds it.
 */
export function findingHere(finding: Finding, outline: ModelOutline, modules: SourceModules): Finding {
  const { span: model } = outline;
  const places = [finding.span, ...finding.related.map(({ span }) => span)];
  if (places.every(isHere)) return finding;
  const held = heldAt(finding, outline, modules);
  const shown = isHere(model) ? model : decidedAt(finding.span);
  const inLibrary = finding.related.filter(({ span }) => isInLibrary(span, modules));
  // One stands for all of a library, which have no place here that is their own.
  const related = finding.related
    .filter((place) => !inLibrary.slice(1).includes(place))
    .map((place) => placeHere(place, inLibrary.includes(place) ? (held ?? shown) : shown, modules));
  if (isHere(finding.span)) return { ...finding, related };
  const found = modules.around(finding.span);
  const known = found !== undefined && !found.path.startsWith(DESCRIBED);
  const decided = decidedAt(finding.span);
  const isCalled = isHere(decided);
  const span = known || held === null ? (isCalled ? decided : model) : held;
  const what = isCalled ? 'what it calls' : 'the cause';
  const cause = { span, message: `${what} stands${whereText(finding.span, modules)}` };
  return {
    ...finding,
    span,
    related: [known ? withPlace(cause, finding.span, modules) : cause, ...related],
    ...(known
      ? {
          elsewhere: {
            path: found.path,
            offset: found.offset,
            ...(isCalled && { calls: callsTo(finding.span, modules) }),
          },
        }
      : {}),
  };
}

/** Where other files call the code of a place, by which the analysed text comes to it. */
function callsTo({ calledAt }: Span, modules: SourceModules): readonly PlaceElsewhere[] {
  if (calledAt === undefined) return [];
  const found = modules.around(calledAt);
  const own = found === undefined ? [] : [{ path: found.path, offset: found.offset }];
  return [...own, ...callsTo(calledAt, modules)];
}

function isInLibrary(span: Span, modules: SourceModules): boolean {
  return !isHere(span) && modules.around(span)?.path.startsWith(DESCRIBED) === true;
}

/** The one attribute of the file that holds what a library has made of a finding's weights; null where there are several. */
function heldAt(finding: Finding, { weights }: ModelOutline, modules: SourceModules): Span | null {
  const held = weights.flatMap(({ name, spans: { attribute, constructor: made } }) =>
    finding.weights.includes(name) && attribute !== null && isHere(attribute) && isInLibrary(made, modules)
      ? [attribute]
      : [],
  );
  const [first, ...others] = held;
  return first !== undefined && others.every(({ start }) => start === first.start) ? first : null;
}

function placeHere({ span, message }: RelatedPlace, shown: Span, modules: SourceModules): RelatedPlace {
  if (isHere(span)) return { span, message };
  const decided = decidedAt(span);
  const said = { span: isHere(decided) ? decided : shown, message: `${message}${whereText(span, modules)}` };
  return withPlace(said, span, modules);
}

/** What is said of a place of another file, with where that is, if it is a file of the workspace. */
function withPlace(said: RelatedPlace, span: Span, modules: SourceModules): RelatedPlace {
  const found = modules.around(span);
  if (found === undefined || found.path.startsWith(DESCRIBED)) return said;
  const { line, column } = lineIndex(found.text).placeOf(found.offset);
  return { ...said, elsewhere: { path: found.path, line, column } };
}

function whereText(span: Span, modules: SourceModules): string {
  const found = modules.around(span);
  if (found === undefined) return ' in another file';
  if (found.path.startsWith(DESCRIBED)) return ` in ${codeSpan(found.name)}`;
  const { line } = lineIndex(found.text).placeOf(found.offset);
  return ` in ${codeSpan(found.name)}, line ${line}`;
}

/** The text that is analysed, and the files that it imports. */
interface Reading {
  readonly text: string;
  readonly modules: SourceModules;
}

/** What is known of a model, with the places alone that are in the file, and others in words. */
export function outlineHere(outline: ModelOutline, reading: Reading): ModelOutline {
  const rows = outline.weights.map((row) => {
    return { ...row, missing: row.missing.map((one) => placed(one, reading)) };
  });
  return {
    ...outline,
    weights: rows.map((row) => rowHere(row, outline.span)),
    growing: outline.growing.map((one) => growingHere(one, reading)),
    missing: outline.missing.map((one) => missingHere(one, reading)),
  };
}

function growingHere(growing: GrowingProduct, reading: Reading): GrowingProduct {
  const { span } = growing;
  if (span === null) return growing;
  return { span: hereOf(span), where: wherePlaced(span, reading) };
}

/** Where a model of another file stands, as none of its places is in this one. */
const NOWHERE: Span = { start: 0, end: 0 };

/** A model of another file that this one trains, with the places alone of its weights that are in the file. */
export function trainedHere(outline: ModelOutline, reading: Reading): TrainedModel {
  const { name, weights } = outlineHere({ ...outline, span: NOWHERE }, reading);
  return { name, weights };
}

function missingHere(missing: MissingOfModel, reading: Reading): MissingOfModel {
  if (missing.kind === 'weights') return { ...missing, why: placed(missing.why, reading) };
  if (!('spans' in missing)) return missing;
  const places = [...new Set(missing.spans.map((span) => wherePlaced(span, reading)))];
  const [first] = places;
  if (first === undefined) return missing;
  const more = places.length - 1;
  return {
    ...missing,
    spans: allHere(missing.spans),
    where: more === 0 ? first : `${first} and ${more} more ${more === 1 ? 'place' : 'places'}`,
  };
}

/** What is missing with the line that it comes from in words, where it comes from one. */
function placed(missing: MissingOfWeight, reading: Reading): MissingOfWeight {
  if (!('span' in missing) || missing.span === null) return missing;
  return { ...missing, span: hereOf(missing.span), where: wherePlaced(missing.span, reading) };
}

function wherePlaced(span: Span, { text, modules }: Reading): string {
  const here = { name: '', path: '', text, offset: span.start };
  const elsewhere = isHere(span) ? here : modules.around(span);
  if (elsewhere === undefined) return 'another file';
  if (elsewhere.path.startsWith(DESCRIBED)) return elsewhere.name;
  const { line } = lineIndex(elsewhere.text).placeOf(elsewhere.offset);
  return elsewhere.name === '' ? `line ${line}` : `line ${line} of ${elsewhere.name}`;
}

function rowHere(row: WeightRow, model: Span): WeightRow {
  const { attribute, holders, constructor: made, init, uses, trained, groups } = row.spans;
  const held = attribute === null ? null : hereOf(attribute);
  return {
    ...row,
    spans: {
      attribute: held,
      holders: holders.filter(isHere),
      constructor: hereOf(made) ?? held ?? { start: model.start, end: model.start },
      init: allHere(init),
      uses: allHere(uses),
      trained: allHere(trained),
      groups: groups.filter(isHere),
    },
  };
}

/** Where the file has something done; null for what it does not call. */
function hereOf(span: Span): Span | null {
  const decided = decidedAt(span);
  return isHere(decided) ? decided : null;
}

function allHere(spans: readonly Span[]): readonly Span[] {
  const places = spans.map(hereOf).filter((one) => one !== null);
  return [...new Map(places.map((one) => [one.start, one])).values()];
}
