import type { Linted } from '../../sources/analyse-files.ts';
import type { Known } from '../baseline/known-findings.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What a run of `lint` is printed from. */
export interface LintReport {
  readonly linted: Linted;
  /** What a baseline knows, and `linted` is without; null where none was given. */
  readonly known: Known | null;
  readonly seconds: number;
  readonly terminal: Terminal;
  /** What the paths in `linted` are relative to. */
  readonly cwd: string;
  /** The folder below which reports for others name files: a checkout's. */
  readonly root: string;
}
