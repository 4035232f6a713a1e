import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly corpus: readonly string[];
  readonly rounds: number;
  readonly files: number;
  readonly json: string | undefined;
  readonly write: boolean;
  readonly help: boolean;
}

export const USAGE = `npm run bench -- [options]

  --corpus DIR  clones of model code, whose files are analysed one after the other; may be given again
  --files N     at most so many files of them, drawn evenly (200)
  --rounds N    how often each row is measured, the rows taking turns (7)
  --json FILE   write the measurements to a file
  --write       write the tables of docs/performance.md, of the rows that were measured
  --help

Times are of the process's user CPU, so that other work on the machine counts little; units of work are the same everywhere.
`;

/** Reads the command line. */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: 'string', multiple: true, default: [] },
      files: { type: 'string', default: '200' },
      rounds: { type: 'string', default: '7' },
      json: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { corpus, json, write, help } = values;
  return {
    corpus,
    json,
    write,
    help,
    files: countOf('files', values.files),
    rounds: countOf('rounds', values.rounds),
  };
}

function countOf(option: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`--${option}: expected a whole number from 1 on, got ${text}`);
  return count;
}
