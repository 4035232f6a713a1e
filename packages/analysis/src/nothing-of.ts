import type { Analysis } from './analysis.ts';
import type { AnalysisOptions } from './options.ts';
import type { Unread } from './unread.ts';

/** An analysis that found nothing, with what of the text was not read. */
export function nothingOf({ profile }: AnalysisOptions, ...unread: readonly Unread[]): Analysis {
  const advised = profile === 'auto' ? 'advisory' : profile;
  return {
    profile: advised,
    broken: false,
    unread,
    findings: [],
    notes: [],
    imported: [],
    bare: [],
    models: [],
    trained: [],
    unfound: [],
  };
}
