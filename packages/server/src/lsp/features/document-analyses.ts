import type { Analysis, AnalysisOptions } from '@widthwise/analysis';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileAnalyser, JobPlace, Reading } from '../../sources/analyser/file-analyser.ts';
import { type Analysed, keepLastGood, markedAsKept } from './last-good.ts';

/** A document and what was understood of it as it stands. */
export interface Shown {
  readonly document: TextDocument;
  readonly analysis: Analysis;
}

/** The analysis of every open document, each made once per version. */
export interface DocumentAnalyses {
  /** Null for a document that is left alone. */
  of(document: TextDocument): Promise<Reading | null>;
  /** What there is to show of an open document, of the version that is open when it is answered. */
  shown(uri: string): Promise<Shown | null>;
  /** The documents whose analysis rests on a file beside their own. */
  restingOn(path: string): readonly string[];
  /** Makes one again: a file that it rests on has changed. */
  renew(uri: string): void;
  /** Makes all again: the configuration has changed. */
  forget(): void;
  close(uri: string): void;
}

export interface AnalysisSources {
  readonly analyser: FileAnalyser;
  /** How to read a document; null to leave it alone. */
  optionsOf(uri: string): Promise<AnalysisOptions | null>;
  /** Where a document stands among files; null where nothing around it is read. */
  placeOf(uri: string): Promise<JobPlace | null>;
  documentOf(uri: string): TextDocument | undefined;
}

interface Kept {
  readonly version: number;
  readonly reading: Promise<Reading | null>;
  /** Aborted when another version has come. */
  readonly superseded: AbortController;
}

/** Keeps analyses by document. One that fails is that version's, and no other's. */
export function documentAnalyses(sources: AnalysisSources): DocumentAnalyses {
  const { analyser, optionsOf, placeOf, documentOf } = sources;
  const kept = new Map<string, Kept>();
  const good = new Map<string, Analysed>();
  const restsOn = new Map<string, ReadonlySet<string>>();

  const read = async (document: TextDocument, signal: AbortSignal): Promise<Reading | null> => {
    const { uri } = document;
    const text = document.getText();
    const [options, place] = await Promise.all([optionsOf(uri), placeOf(uri)]);
    if (options === null) return null;
    const asked = good.has(uri) ? { ...options, hasEarlier: true } : options;
    const reading = await analyser.analyse({ file: uri, text, options: asked, place }, signal);
    if (reading.kind !== 'read' || signal.aborted) return reading;
    const last = good.get(uri);
    const analysis =
      last === undefined ? reading.analysis : keepLastGood({ text, analysis: reading.analysis }, last);
    restsOn.set(uri, new Set(analysis.imported));
    // Of a text that was never seen to parse there is nothing to keep.
    if (last === undefined && analysis.broken) return reading;
    good.set(uri, { text, analysis });
    return { kind: 'read', analysis: markedAsKept(analysis) };
  };

  const of = (document: TextDocument): Promise<Reading | null> => {
    const { uri, version } = document;
    const before = kept.get(uri);
    if (before?.version === version) return before.reading;
    before?.superseded.abort();
    const superseded = new AbortController();
    const reading = read(document, superseded.signal);
    kept.set(uri, { version, reading, superseded });
    reading.catch(() => {
      if (kept.get(uri)?.reading === reading) kept.delete(uri);
    });
    return reading;
  };

  const renew = (uri: string): void => {
    kept.get(uri)?.superseded.abort();
    kept.delete(uri);
  };

  const drop = (uri: string): void => {
    renew(uri);
    good.delete(uri);
    restsOn.delete(uri);
  };

  const wasForgotten = (uri: string, reading: Reading | null): boolean =>
    reading?.kind === 'cancelled' && !kept.has(uri);

  return {
    of,
    async shown(uri) {
      for (;;) {
        const document = documentOf(uri);
        if (document === undefined) return null;
        const { version } = document;
        const reading = await of(document);
        // Who types over it is answered of what they typed: places of another version would be wrong.
        if (documentOf(uri)?.version !== version || wasForgotten(uri, reading)) continue;
        return reading?.kind === 'read' ? { document, analysis: reading.analysis } : null;
      }
    },
    restingOn: (path) => [...restsOn].flatMap(([uri, paths]) => (paths.has(path) ? [uri] : [])),
    renew,
    forget: () => [...kept.keys()].forEach(drop),
    close: drop,
  };
}
