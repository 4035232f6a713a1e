import { parseArgs } from 'node:util';

export interface FuzzOptions {
  /** Names of kinds; empty for all. */
  readonly kinds: readonly string[];
  readonly seed: number;
  readonly count: number | null;
  readonly seconds: number;
  readonly corpus: readonly string[];
  readonly only: number | undefined;
  readonly input: string | undefined;
  readonly json: string | undefined;
  readonly long: boolean;
  readonly resume: boolean;
  readonly write: boolean;
  readonly help: boolean;
}

export const USAGE = `npm run fuzz -- [KIND…] [options]

  --seed N      which inputs are drawn (1)
  --count N     how many of a kind, spread over those that have names; without it the usual number of each
  --seconds S   at most so long a kind
  --corpus DIR  model code to edit, besides this repository's own; may be given again
  --case N      only the input of that number
  --input FILE  only that input, as an earlier run wrote it to .cache/fuzz
  --long        the numbers of docs/reliability.md, in two processes, and the totals written there as each kind is done;
                an analysis over its budget of CPU is a failure then
  --resume      go on where a long run of the same seed was ended, or stopped by --seconds
  --write       write the totals of any run into docs/reliability.md
  --json FILE   write the totals to a file
  --help

Exit code 1 where anything failed. Each failure is written to .cache/fuzz and printed with the command that repeats it.
`;

/** Reads the command line. */
export function fuzzOptions(args: readonly string[]): FuzzOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string' },
      seconds: { type: 'string' },
      corpus: { type: 'string', multiple: true, default: [] },
      case: { type: 'string' },
      input: { type: 'string' },
      json: { type: 'string' },
      long: { type: 'boolean', default: false },
      resume: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    kinds: positionals,
    seed: numberOf('seed', values.seed),
    count: values.count === undefined ? null : numberOf('count', values.count),
    seconds: values.seconds === undefined ? Number.POSITIVE_INFINITY : numberOf('seconds', values.seconds),
    corpus: values.corpus,
    only: values.case === undefined ? undefined : numberOf('case', values.case),
    input: values.input,
    json: values.json,
    long: values.long,
    resume: values.resume,
    write: values.write,
    help: values.help,
  };
}

function numberOf(name: string, value: string): number {
  const number = Number(value);
  if (value === '' || !Number.isFinite(number) || number < 0)
    throw new Error(`--${name}: not a number: '${value}'`);
  return number;
}
