import type { Fix } from '../finding.ts';

/** What would mend a finding, and where no edit does it, why, if there might have been one. */
export function fixText({ text, edits, why }: Fix): string {
  return edits.length === 0 && why !== undefined ? `${text} No edit: ${why}.` : text;
}

/** Why a fix is words alone; null for one that is edits. */
export function unmadeText({ edits, why, safety }: Fix): string | null {
  if (edits.length > 0) return null;
  if (why !== undefined) return why;
  return safety === 'needs-decision'
    ? 'it hangs on what only its author knows'
    : 'no edits are written for fixes of this kind';
}
