import type { Fix } from '../finding.ts';
import type { NoEdit } from './no-edit.ts';
import type { ScaledEdits, ScalingFactor } from './scaling-factor.ts';

/** What a fix has of the edits that were made for it, or of why there are none. */
export function editsOf(made: ScaledEdits | NoEdit): Pick<Fix, 'safety' | 'edits' | 'why'> {
  return 'why' in made
    ? { safety: 'identical-at-base', edits: [], why: made.why }
    : { safety: made.safety, edits: made.edits };
}

/** The factor of edits, to be said in words; null where there are none. */
export function factorOf(made: ScaledEdits | NoEdit): ScalingFactor | null {
  return 'why' in made ? null : made.factor;
}
