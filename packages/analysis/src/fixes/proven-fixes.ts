import type { Analysis } from '../analysis.ts';
import type { Finding } from '../finding.ts';

/**
 * Whether findings are gone from an edited text, with nothing new found and the exponents the same of every weight that
 * none of them is about.
 */
export function isMended(before: Analysis, after: Analysis, mended: readonly Finding[]): boolean {
  if (after.broken !== before.broken || after.unread.length > before.unread.length) return false;
  const known = before.findings.filter((one) => !mended.includes(one)).map(keyOf);
  for (const key of after.findings.map(keyOf)) {
    const at = known.indexOf(key);
    if (at < 0) return false;
    known.splice(at, 1);
  }
  const concerned = new Set(
    mended.flatMap(({ model, weights }) => weights.map((name) => `${model} ${name}`)),
  );
  const rows = rowsOf(after);
  return [...rowsOf(before)].every(([place, row]) => rows.get(place) === row || concerned.has(place));
}

function keyOf({ code, model, weights }: Finding): string {
  return [code, model, ...weights].join(' ');
}

/** The exponents of every row, by model and name. */
function rowsOf({ models, trained }: Analysis): ReadonlyMap<string, string> {
  return new Map(
    [...models, ...trained].flatMap((model) =>
      model.weights.map(({ name, a, b, c }) => [`${model.name} ${name}`, [a, b, c].join(' ')] as const),
    ),
  );
}
