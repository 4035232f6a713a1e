import type { Analysis, AnalysisOptions } from '@widthwise/analysis';

/** A text that is to be analysed. */
export interface AnalysisJob {
  /** Its URI or path: what may be left alone until it changes. */
  readonly file: string;
  readonly text: string;
  readonly options: AnalysisOptions;
}

/** What came of a text. */
export type Reading =
  | { readonly kind: 'read'; readonly analysis: Analysis }
  /** `why` is one clause behind the file's name; `detail` is for a log. */
  | { readonly kind: 'unread'; readonly why: string; readonly detail?: string }
  /** Nobody wanted it any more before it was begun. */
  | { readonly kind: 'cancelled' };

/** Analyses texts, whatever is in them. */
export interface FileAnalyser {
  /** Rejects only where nothing at all can be analysed. */
  analyse(job: AnalysisJob, signal?: AbortSignal): Promise<Reading>;
}
