import type { Analysis, Finding, ModelOutline, Span, WeightRow } from '@widthwise/analysis';

/** A text and what was understood of it. */
export interface Analysed {
  readonly text: string;
  readonly analysis: Analysis;
}

/**
 * What is still known of a text that does not parse from before it stopped to, as while somebody types: what was found
 * stays until its place is gone. Of such a text itself nothing is known.
 */
export function keepLastGood(
  { analysis, text }: Analysed,
  { analysis: last, text: before }: Analysed,
): Analysis {
  if (!analysis.broken) return analysis;
  const { findings, notes, models } = movedAnalysis(last, mover(before, text));
  return { ...analysis, findings, notes, models, imported: last.imported };
}

/** What is shown in place of a verdict's grounds. */
const EARLIER = 'As it was read before the file stopped parsing.';

/** What was kept of an earlier text says so, in each finding and model; none of these has a verdict. */
export function markedAsKept(kept: Analysis): Analysis {
  if (!kept.broken) return kept;
  const missing = kept.unread.flatMap((part) =>
    part.kind === 'syntax' ? [{ kind: part.kind, line: part.line }] : [],
  );
  const mark = <Said extends Finding>(finding: Said): Said => ({
    ...finding,
    assumptions: [EARLIER, ...finding.assumptions],
  });
  const models = kept.models.map((model) => ({
    ...model,
    verdict: null,
    headline: null,
    underAdam: null,
    missing,
    assumptions: [EARLIER, ...model.assumptions],
  }));
  return { ...kept, findings: kept.findings.map(mark), notes: kept.notes.map(mark), models };
}

/** Where a span stands in another text; undefined for what is not in it. */
export type Move = (span: Span) => Span | undefined;

/** An analysis of one text as one of another, without what is not in that. */
export function movedAnalysis(analysis: Analysis, move: Move): Analysis {
  const findings = analysis.findings.flatMap((finding) => movedFinding(finding, move) ?? []);
  const notes = analysis.notes.flatMap((finding) => movedFinding(finding, move) ?? []);
  const models = analysis.models.flatMap((model) => movedModel(model, move) ?? []);
  const unfound = analysis.unfound.flatMap(({ name, span }) => {
    const moved = move(span);
    return moved === undefined ? [] : [{ name, span: moved }];
  });
  return { ...analysis, findings, notes, models, unfound };
}

/** From spans of one text to those of the next, which differs in one stretch; undefined for what that stretch touched. */
function mover(before: string, after: string): Move {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const changedEnd = before.length - tail;
  const shift = after.length - before.length;
  return ({ start, end }) => {
    if (end <= head) return { start, end };
    return start >= changedEnd ? { start: start + shift, end: end + shift } : undefined;
  };
}

function movedFinding(finding: Finding, move: Move): Finding | undefined {
  const span = move(finding.span);
  if (span === undefined) return undefined;
  const related = finding.related.flatMap((place) => {
    const moved = move(place.span);
    return moved === undefined ? [] : [{ ...place, span: moved }];
  });
  // What would mend another text is no edit of this one.
  return { ...finding, span, related, fixes: finding.fixes.map((fix) => ({ ...fix, edits: [] })) };
}

function movedModel(model: ModelOutline, move: Move): ModelOutline | undefined {
  const span = move(model.span);
  if (span === undefined) return undefined;
  const weights = model.weights.flatMap((row) => movedRow(row, move) ?? []);
  return { ...model, span, weights };
}

function movedRow(row: WeightRow, move: Move): WeightRow | undefined {
  const made = move(row.spans.constructor);
  if (made === undefined) return undefined;
  const attribute = row.spans.attribute === null ? null : (move(row.spans.attribute) ?? null);
  const moved = (spans: readonly Span[]) => spans.flatMap((span) => move(span) ?? []);
  const { holders, init, uses, trained, groups } = row.spans;
  return {
    ...row,
    spans: {
      attribute,
      holders: moved(holders),
      constructor: made,
      init: moved(init),
      uses: moved(uses),
      trained: moved(trained),
      groups: moved(groups),
    },
  };
}
