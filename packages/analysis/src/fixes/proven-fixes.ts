import type { Analysis } from '../analysis.ts';
import type { Finding, Fix } from '../finding.ts';
import { edited } from './text-edits.ts';

/**
 * What was found in a text, with the edits alone that do what their fix says: the text that they make has no such finding
 * any more, no other that it did not have, and the same exponents for every weight that the finding is not about.
 *
 * @param analyse reads a text as this one was read
 */
export function withProvenFixes(
  text: string,
  analysis: Analysis,
  analyse: (text: string) => Analysis,
): Analysis {
  const proven = (finding: Finding, fix: Fix): Fix => {
    if (fix.edits.length === 0) return fix;
    return isMended(analysis, analyse(edited(text, fix.edits)), finding) ? fix : { ...fix, edits: [] };
  };
  return {
    ...analysis,
    findings: analysis.findings.map((finding) => ({
      ...finding,
      fixes: finding.fixes.map((fix) => proven(finding, fix)),
    })),
  };
}

/** Whether a finding is gone, and nothing else has changed that it is not about. */
export function isMended(before: Analysis, after: Analysis, finding: Finding): boolean {
  if (after.broken !== before.broken || after.unread.length > before.unread.length) return false;
  const known = before.findings.filter((one) => one !== finding).map(keyOf);
  for (const key of after.findings.map(keyOf)) {
    const at = known.indexOf(key);
    if (at < 0) return false;
    known.splice(at, 1);
  }
  const mended = new Set(finding.weights);
  const rows = rowsOf(after);
  return [...rowsOf(before)].every(
    ([place, row]) => rows.get(place) === row || mended.has(place.slice(place.indexOf(' ') + 1)),
  );
}

function keyOf({ code, model, weights }: Finding): string {
  return [code, model, ...weights].join(' ');
}

/** The exponents of every row, by model and name. */
function rowsOf({ models }: Analysis): ReadonlyMap<string, string> {
  return new Map(
    models.flatMap((model) =>
      model.weights.map(({ name, a, b, c }) => [`${model.name} ${name}`, [a, b, c].join(' ')] as const),
    ),
  );
}
