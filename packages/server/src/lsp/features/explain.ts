import { type Analysis, explainMarkdown, noModelText, unreadText } from '@widthwise/analysis';
import { ExplainModel, type ExplainModelParams } from '@widthwise/protocol';
import * as v from 'valibot';
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Schema, TEXT, table } from '../../input/schema.ts';
import type { FileAnalyser } from '../../sources/analyser/file-analyser.ts';
import { fileOf, isInside } from '../../sources/document-file.ts';
import { readSource } from '../../sources/read-source.ts';
import { answering, checked, Refusal } from '../connection/answering.ts';
import type { DocumentAnalyses } from './document-analyses.ts';
import type { DocumentOptions } from './document-options.ts';
import type { DocumentPlaces } from './document-places.ts';

export interface ExplainSources {
  readonly analyser: FileAnalyser;
  readonly documents: Pick<TextDocuments<TextDocument>, 'get'>;
  readonly analyses: DocumentAnalyses;
  readonly options: DocumentOptions;
  readonly places: DocumentPlaces;
  /** URIs of the folders that the editor has open: no other file is read from disk. */
  folders(): readonly string[];
}

const PARAMS: Schema<ExplainModelParams> = table(
  { uri: TEXT, className: v.exactOptional(TEXT) },
  { what: 'an object', noun: 'parameter' },
);

/** Answers Explain: the weight tables of a file as its lenses have it, else as it is on disk. */
export function registerExplain(connection: Connection, sources: ExplainSources): void {
  const explain = checked(PARAMS, explaining(sources));
  connection.onRequest(ExplainModel, answering(connection.console, ExplainModel.method, explain));
}

/** @throws Refusal where there is no such model, or the file is neither open nor in an open folder */
export function explaining(
  sources: ExplainSources,
): (params: ExplainModelParams) => Promise<{ readonly markdown: string }> {
  const { analyser, documents, analyses, options, places, folders } = sources;
  const analysisOf = async (uri: string): Promise<Analysis> => {
    const document = documents.get(uri);
    const shown = document && (await analyses.shown(uri));
    if (shown) return shown.analysis;
    const text = document?.getText() ?? (await textOnDisk(uri, folders()));
    const job = { file: uri, text, options: await options.always(uri), place: await places.of(uri) };
    const reading = await analyser.analyse(job);
    if (reading.kind === 'read') return reading.analysis;
    const why = reading.kind === 'unread' ? reading.why : 'was not read: the server is about to end';
    throw new Refusal('unknown-model', `${nameOf(uri)} ${why}`);
  };
  return async ({ uri, className }) => {
    const analysis = await analysisOf(uri);
    const { models, unread } = analysis;
    const asked = models.filter(({ name }) => className === undefined || name === className);
    if (asked.length === 0) {
      const [why = noModelText(analysis, className)] = unread.map(unreadText);
      throw new Refusal('unknown-model', `${nameOf(uri)} ${why}`);
    }
    return { markdown: explainMarkdown(asked) };
  };
}

async function textOnDisk(uri: string, folders: readonly string[]): Promise<string> {
  const file = fileOf(uri);
  if (file === null || !(await isInsideOne(file, folders))) {
    throw new Refusal('unknown-model', `${nameOf(uri)} is neither open nor readable in an open folder`);
  }
  const source = await readSource(file);
  if ('text' in source) return source.text;
  throw new Refusal('unknown-model', `${nameOf(uri)} ${source.why}`);
}

async function isInsideOne(file: string, folders: readonly string[]): Promise<boolean> {
  const inside = await Promise.all(folders.map((folder) => isInside(file, folder)));
  return inside.includes(true);
}

function nameOf(uri: string): string {
  return uri.slice(Math.max(uri.lastIndexOf('/'), uri.lastIndexOf(':')) + 1);
}
