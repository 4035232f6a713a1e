import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const BIN = join(import.meta.dirname, '../../../packages/server/bin/widthwise.js');

/** The page of docs that shows them. */
export const PAGE: string = join(import.meta.dirname, '../../../docs/broken-models.md');

/** A break of the model in `broken_models.py`. */
export interface Break {
  readonly factory: string;
  /** What is wrong, in a clause. */
  readonly what: string;
  /** The names that its lines have in comments. */
  readonly lines: readonly string[];
  readonly flags: readonly string[];
}

export const BREAKS: readonly [Break, ...Break[]] = [
  {
    factory: 'sp_readout',
    what: 'The readout starts as in SP, at n^-½ and not at 1/n.',
    lines: ['readout'],
    flags: ['--seeds', '3'],
  },
  {
    factory: 'root_attention',
    what: 'Attention divides by the root of the size of a head, and queries and keys have a rate that does not follow the width.',
    lines: ['scale', 'attention'],
    flags: ['--seeds', '3'],
  },
  {
    factory: 'one_rate',
    what: 'Adam has one rate for all parameters.',
    lines: ['one'],
    flags: ['--seeds', '3'],
  },
  {
    factory: 'no_multiplier',
    what: 'The readout has the start and the rate that go with a multiplier of 1/n, and the multiplier is missing.',
    lines: ['readout', 'multiplier'],
    flags: ['--seeds', '3'],
  },
  {
    factory: 'embedding_under_muon',
    what: 'The embedding is among the matrices of Muon.',
    lines: ['muon'],
    flags: ['--widths', '32,64,128', '--seeds', '3'],
  },
];

/** What `coord-check --python` prints of a break before its table: the verdict, and where it begins. */
export function printedOf({ factory, flags }: Pick<Break, 'factory' | 'flags'>, python: string): string {
  const line = ['coord-check', '--python', `broken_models.py:${factory}`, '--interpreter', python, ...flags];
  const { stdout, stderr } = spawnSync(process.execPath, [BIN, ...line, '--out', tmpdir()], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (stdout === '') throw new Error(stderr);
  return stdout.slice(0, stdout.search(/^place {2}/m)).trimEnd();
}

/** What the page shows of a factory. */
export function pagePart(factory: string): string {
  const page = readFileSync(PAGE, 'utf8');
  const command = page.indexOf(`coord-check --python broken_models.py:${factory}`);
  const from = page.indexOf('\n', command) + 1;
  return command < 0 ? '' : page.slice(from, page.indexOf('```', from)).trim();
}

/** Without what another processor rounds otherwise: slopes, and how many places are off. */
export function saidAlike(text: string): string {
  return text.replaceAll(/[+−]\d\.\d\d ± \d\.\d\d/g, '±').replace(/ \d+ of \d+ places/, ' places');
}
