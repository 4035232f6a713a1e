import type { Analyser, Analysis, AnalysisOptions } from '@widthwise/analysis';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { keepLastGood } from './last-good.ts';

/** The analysis of every open document, each made once per version. */
export interface DocumentAnalyses {
  /** Null for a document that is left alone. */
  of(document: TextDocument): Promise<Analysis | null>;
  /** Makes all again: the configuration has changed. */
  forget(): void;
  close(uri: string): void;
}

interface Kept {
  readonly version: number;
  readonly text: string;
  readonly analysis: Promise<Analysis | null>;
}

/**
 * Keeps analyses by document.
 *
 * @param optionsOf how to read a document; null to leave it alone
 */
export function documentAnalyses(
  analyser: Promise<Analyser>,
  optionsOf: (uri: string) => Promise<AnalysisOptions | null>,
): DocumentAnalyses {
  const kept = new Map<string, Kept>();
  const analyse = async (document: TextDocument, before: Kept | undefined): Promise<Analysis | null> => {
    const text = document.getText();
    const options = await optionsOf(document.uri);
    if (options === null) return null;
    const analysis = (await analyser).analyse(text, options);
    const last = (await before?.analysis) ?? null;
    if (before === undefined || last === null) return analysis;
    return keepLastGood({ text, analysis }, { text: before.text, analysis: last });
  };
  return {
    of(document) {
      const before = kept.get(document.uri);
      if (before?.version === document.version) return before.analysis;
      const analysis = analyse(document, before);
      kept.set(document.uri, { version: document.version, text: document.getText(), analysis });
      return analysis;
    },
    forget: () => kept.clear(),
    close: (uri) => void kept.delete(uri),
  };
}
