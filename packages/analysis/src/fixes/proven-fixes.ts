import type { Analysis } from '../analysis.ts';
import type { Finding } from '../finding.ts';
import type { WeightRow } from '../model-outline.ts';
import { rowProblems } from '../words/row-judgement.ts';

/**
 * Whether findings are gone from an edited text, with nothing new found and the exponents the same of every weight that
 * none of them is about, but for those that were wrong and are right now. A finding that was there may be about the mended
 * weights besides, and about others that these reach: as one optimizer is too fast for a weight whose start, or whose
 * input's, has hidden that.
 */
export function isMended(before: Analysis, after: Analysis, mended: readonly Finding[]): boolean {
  if (after.broken !== before.broken || after.unread.length > before.unread.length) return false;
  const concerned = new Set(
    mended.flatMap(({ model, weights }) => weights.map((name) => `${model} ${name}`)),
  );
  const codes = new Set(mended.map(({ code }) => code));
  const leaves = new Set(mended.flatMap(({ fixes }) => fixes.map((fix) => fix.leaves)));
  const isOfConcern = ({ model, weights }: Finding): boolean =>
    weights.every((name) => concerned.has(`${model} ${name}`));
  const elsewhere = ({ code, model, weights }: Finding): string =>
    keyOf({ code, model, weights: weights.filter((name) => !concerned.has(`${model} ${name}`)) });
  const known = before.findings.filter((one) => !mended.includes(one));
  for (const one of after.findings) {
    if (leaves.has(one.code) && isOfConcern(one)) continue;
    const same = known.findIndex((other) => keyOf(other) === keyOf(one));
    const isKnown = same >= 0 || codes.has(one.code);
    const at = isKnown
      ? same
      : known.findIndex((other) => elsewhere(other) === elsewhere(one) || isOfMore(one, other));
    if (at < 0) return false;
    known.splice(at, 1);
  }
  const rows = rowsOf(after);
  return [...rowsOf(before)].every(([place, row]) => {
    const now = rows.get(place);
    if (concerned.has(place)) return true;
    return now !== undefined && (exponentsText(now) === exponentsText(row) || isBetter(now, row));
  });
}

/** Whether something is wrong no more with a weight, and nothing else is: another model's, which the same line starts. */
function isBetter(now: WeightRow, before: WeightRow): boolean {
  const [left, wrong] = [now, before].map((row) => new Set(rowProblems(row).map((one) => one.of)));
  return [...(left ?? [])].every((one) => wrong?.has(one)) && (left?.size ?? 0) < (wrong?.size ?? 0);
}

/** Whether a finding is another of the same rule with more weights, of which it has all. */
function isOfMore(one: Finding, other: Finding): boolean {
  return (
    one.code === other.code &&
    one.model === other.model &&
    one.severity === other.severity &&
    other.weights.every((name) => one.weights.includes(name))
  );
}

function keyOf({ code, model, weights }: Pick<Finding, 'code' | 'model' | 'weights'>): string {
  return [code, model, ...weights].join(' ');
}

/** Every row, by model and name. */
function rowsOf({ models, trained }: Analysis): ReadonlyMap<string, WeightRow> {
  return new Map(
    [...models, ...trained].flatMap((model) =>
      model.weights.map((row) => [`${model.name} ${row.name}`, row] as const),
    ),
  );
}

function exponentsText({ a, b, c }: WeightRow): string {
  return [a, b, c].join(' ');
}
