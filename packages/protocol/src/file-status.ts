import { RequestType } from 'vscode-jsonrpc';
import type { Failure } from './failure.ts';

export interface FileStatusParams {
  /** An open Python file. */
  readonly uri: string;
}

export interface FileStatusResult {
  /** How strictly the file is judged; null where it is not: the configuration leaves it alone, or it was not read. */
  readonly profile: 'advisory' | 'mup' | null;
  /** How many models it has, and how many of them have a verdict. */
  readonly models: number;
  readonly verdicts: number;
  readonly findings: number;
  /** Why it was not read, or not all of it, one clause behind its name; null where it was. */
  readonly unread: string | null;
}

/**
 * Client → server, when a person looks at a file: how it is judged and what was found in it.
 *
 * Fails with `unknown-model` where the file is not open.
 */
export const FileStatus: RequestType<FileStatusParams, FileStatusResult, Failure> = new RequestType(
  'widthwise/file/status',
);
