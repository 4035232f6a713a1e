import type { Analysis, AnalysisOptions } from '@widthwise/analysis';
import type { Question } from './asked-workspace.ts';

/** A text that is to be analysed. */
export interface AnalysisJob {
  /** Its URI or path: what may be left alone until it changes. */
  readonly file: string;
  readonly text: string;
  readonly options: AnalysisOptions;
  /** Null where nothing around the text is read. */
  readonly place: JobPlace | null;
  /** Whether it is told what was asked of the files around. */
  readonly tellsQuestions?: boolean;
}

/** Where a text stands among files. */
export interface JobPlace {
  readonly path: string;
  /** The folder in which the modules that it imports are looked for. */
  readonly root: string;
  /** Another number where files may have come or gone. */
  readonly version: number;
  /** Whether no file changes as long as the version stands: each is then looked at once. */
  readonly isStill?: boolean;
  /** Texts that an editor has and their files have not, by path, with `/` between its parts. */
  readonly unsaved?: ReadonlyMap<string, string>;
}

/** A text that was analysed. */
export interface Read {
  readonly kind: 'read';
  readonly analysis: Analysis;
  /** What was asked of the files around, if the job tells that; null where their answers changed meanwhile. */
  readonly questions?: readonly Question[] | null;
}

/** What came of a text. */
export type Reading =
  | Read
  /** `why` is one clause behind the file's name; `detail` is for a log. */
  | { readonly kind: 'unread'; readonly why: string; readonly detail?: string }
  /** Nobody wanted it any more before it was done. */
  | { readonly kind: 'cancelled' };

/** Analyses texts, whatever is in them. */
export interface FileAnalyser {
  /** Rejects only where nothing at all can be analysed. */
  analyse(job: AnalysisJob, signal?: AbortSignal): Promise<Reading>;
}
