import type { Analysis } from '@widthwise/analysis';
import type { FileAnalyser, Reading } from '../analyser/file-analyser.ts';

/** A file as it was analysed, from which edits are tried. */
export interface Tried {
  readonly file: string;
  readonly analysis: Analysis;
}

/**
 * An analyser that keeps what it has read of the texts that edits make of a file, as long as its analysis is kept: an editor
 * asks what can be pressed wherever the cursor comes to, and each fix is proved by reading the edited text.
 */
export function keptProofs(analyser: FileAnalyser): (tried: Tried) => FileAnalyser {
  const kept = new WeakMap<Analysis, Map<string, Reading>>();
  return ({ file, analysis }) => {
    const known = kept.get(analysis) ?? new Map<string, Reading>();
    kept.set(analysis, known);
    return {
      async analyse(job, signal) {
        // What another file rests on is not what this one does.
        if (job.file !== file) return analyser.analyse(job, signal);
        const before = known.get(job.text);
        if (before !== undefined) return before;
        const tried = { ...job, options: { ...job.options, isTried: true } };
        const reading = await analyser.analyse(tried, signal);
        if (reading.kind === 'read') known.set(job.text, reading);
        return reading;
      },
    };
  };
}
