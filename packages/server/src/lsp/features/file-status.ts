import { FileStatus, type FileStatusParams, type FileStatusResult } from '@widthwise/protocol';
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Schema, TEXT, table } from '../../input/schema.ts';
import { answering, checked, Refusal } from '../connection/answering.ts';
import type { DocumentAnalyses } from './document-analyses.ts';
import { unreadOf } from './unread-diagnostic.ts';

const NOTHING = { profile: null, models: 0, verdicts: 0, findings: 0 } as const;

const PARAMS: Schema<FileStatusParams> = table({ uri: TEXT }, { what: 'an object', noun: 'parameter' });

/** Answers how an open file is judged and what was found in it, as its lenses and squiggles have it. */
export function registerFileStatus(
  connection: Connection,
  documents: Pick<TextDocuments<TextDocument>, 'get'>,
  analyses: DocumentAnalyses,
): void {
  const status = checked(PARAMS, async ({ uri }): Promise<FileStatusResult> => {
    const document = documents.get(uri);
    if (document === undefined) throw new Refusal('unknown-model', `${uri} is not open`);
    const reading = await analyses.of(document);
    if (reading?.kind !== 'read')
      return { ...NOTHING, unread: reading?.kind === 'unread' ? reading.why : null };
    const { profile, models, findings } = reading.analysis;
    const verdicts = models.filter(({ verdict }) => verdict !== null).length;
    const [unread = null] = unreadOf(reading.analysis);
    return { profile, models: models.length, verdicts, findings: findings.length, unread };
  });
  connection.onRequest(FileStatus, answering(connection.console, FileStatus.method, status));
}
