import type { AnalysisOptions, RuleLevel } from '@widthwise/analysis';
import * as v from 'valibot';
import {
  expected,
  freeTable,
  type Misfit,
  oneOf,
  readWholly,
  type Schema,
  TEXT,
  TEXTS,
  table,
  tableOf,
} from '../../input/schema.ts';
import { readGlobs } from '../globs/globs.ts';
import type { PerFileIgnores } from './per-file-ignores.ts';
import { RULE_CODES, RULE_SELECTORS } from './rule-selectors.ts';

/** What a project or editor says about how its model code is to be read. What is left out is not said. */
export interface Configuration {
  readonly profile?: AnalysisOptions['profile'];
  readonly widths?: readonly string[];
  readonly finite?: readonly string[];
  readonly 'head-scaling'?: 'head-dim' | 'head-count';
  /** The width at which the numbers of the code were chosen. */
  readonly 'base-width'?: number;
  readonly multipliers?: readonly string[];
  /** By code, or by what the codes of several begin with. */
  readonly rules?: Readonly<Record<string, RuleLevel>>;
  readonly 'per-file-ignores'?: PerFileIgnores;
  /** Globs, relative to the folder of the file that says it. */
  readonly exclude?: readonly string[];
  /** What starts the Python that runs a factory, with `{}` in its place. */
  readonly launch?: string;
  /** To how many seeds `coord-check --python` goes on by itself. */
  readonly 'most-seeds'?: number;
}

export const PROFILES = ['auto', 'advisory', 'mup'] as const;
const PROFILE: Schema<AnalysisOptions['profile']> = oneOf(PROFILES);
const HEAD_SCALING: Schema<'head-dim' | 'head-count'> = oneOf(['head-dim', 'head-count']);
const LEVEL: Schema<RuleLevel> = oneOf(['off', 'hint', 'information', 'warning', 'error']);
const RULE_LEVELS = tableOf(RULE_SELECTORS, LEVEL, {
  what: 'rules with their severities',
  noun: 'rule',
  known: RULE_CODES,
});
const SELECTORS: Schema<string[]> = v.array(
  oneOf(RULE_SELECTORS, { noun: 'rule', known: RULE_CODES }),
  expected('a list of rules'),
);
const PER_FILE_IGNORES: Schema<Record<string, string[]>> = v.pipe(
  freeTable(SELECTORS, 'globs with the rules that are off there'),
  v.rawCheck(checkKeys),
);

const MOST_SEEDS = 100;
const SEEDS_WORDS = expected(`a whole number from 1 to ${MOST_SEEDS}`);
const SEEDS: Schema<number> = v.pipe(
  v.number(SEEDS_WORDS),
  v.integer(SEEDS_WORDS),
  v.minValue(1, SEEDS_WORDS),
  v.maxValue(MOST_SEEDS, SEEDS_WORDS),
);

/** Of a setting or a flag. */
export const MOST_WIDTH = 1_000_000;
const WIDTH_WORDS = expected(`a whole number from 1 to ${MOST_WIDTH}`);
const BASE_WIDTH: Schema<number> = v.pipe(
  v.number(WIDTH_WORDS),
  v.integer(WIDTH_WORDS),
  v.minValue(1, WIDTH_WORDS),
  v.maxValue(MOST_WIDTH, WIDTH_WORDS),
);

const ENTRIES = {
  profile: setting(PROFILE, 'How strictly model code is judged.'),
  widths: setting(
    TEXTS,
    'Names that are width: variables, parameters or `Class.attribute`, such as `GPTConfig.n_embd`.',
  ),
  finite: setting(
    TEXTS,
    'Names that stay as they are when the model grows wider, such as a number of classes.',
  ),
  'head-scaling': setting(
    HEAD_SCALING,
    'What of an attention layer grows with width: the dimension of each head, or their number.',
  ),
  'base-width': setting(
    BASE_WIDTH,
    'The width at which initialization, rates and multipliers of the code were chosen, at which fixes leave all numbers as they are. Where it is unset, it is the one that the code makes its models with.',
  ),
  multipliers: setting(TEXTS, 'Names that mean width divided by base width.'),
  rules: setting(
    RULE_LEVELS,
    'Severity by rule, or by what the codes of several begin with: `{ "MUP101": "error", "MUP5": "warning" }`. Rules that only a lens shows become findings where they have one.',
  ),
  'per-file-ignores': setting(
    PER_FILE_IGNORES,
    'Rules that are off in some files, by glob: `{ "legacy/**": ["MUP1"] }`.',
  ),
  exclude: setting(v.pipe(TEXTS, v.rawCheck(checkGlobs)), 'Globs of files that are left alone.'),
  launch: setting(
    v.pipe(
      TEXT,
      v.check((text) => launchWords(text) !== null, expected('a command with one {} in it')),
    ),
    'What starts the Python that runs a model of yours, with `{}` in its place: `srun --gpus=1 {}`. Devices are then the choice of your code.',
  ),
  'most-seeds': setting(
    SEEDS,
    'To how many seeds a check of a model of yours goes on by itself, where its first five leave it open and more would decide.',
  ),
};

/** Says of the first glob that cannot be used what it is. */
function checkGlobs({ dataset, addIssue }: v.RawCheckContext<string[]>): void {
  if (!dataset.typed) return;
  const globs = readGlobs(dataset.value);
  if (!('problem' in globs)) return;
  const { index, problem } = globs;
  const place = { type: 'array', origin: 'value', input: dataset.value, key: index } as const;
  addIssue({ message: problem, path: [{ ...place, value: dataset.value[index] }] });
}

function checkKeys({ dataset, addIssue }: v.RawCheckContext<Record<string, string[]>>): void {
  if (!dataset.typed) return;
  const keys = Object.keys(dataset.value);
  const globs = readGlobs(keys);
  if (!('problem' in globs)) return;
  const key = keys[globs.index]!;
  const place = { type: 'object', origin: 'value', input: dataset.value, key } as const;
  addIssue({ message: globs.problem, path: [{ ...place, value: dataset.value[key] }] });
}

const SETTINGS = table(ENTRIES, { what: 'a table of settings', noun: 'setting' });

/**
 * `widthwise.json`, `[tool.widthwise]` and the editor's settings alike. What editors complete and check by is made of
 * this schema.
 */
export const CONFIGURATION: Schema<Configuration> = v.pipe(SETTINGS, v.rawCheck(checkAgreement));

/** Says of the first name that is to grow and to stay that it is both. */
function checkAgreement({ dataset, addIssue }: v.RawCheckContext<v.InferOutput<typeof SETTINGS>>): void {
  if (!dataset.typed) return;
  const { widths = [], finite = [] } = dataset.value;
  const index = finite.findIndex((name) => widths.includes(name));
  if (index < 0) return;
  const place = { type: 'object', origin: 'value', input: dataset.value, key: 'finite' } as const;
  const item = { type: 'array', origin: 'value', input: [...finite], key: index } as const;
  addIssue({
    message: "stands in 'widths', too: a name grows with the model or stays as it is",
    path: [
      { ...place, value: finite },
      { ...item, value: finite[index] },
    ],
  });
}

function setting<Output>(
  schema: Schema<Output>,
  description: string,
): v.ExactOptionalSchema<Schema<Output>, undefined> {
  return v.exactOptional(v.pipe(schema, v.description(description)));
}

/** What holds where nobody says anything. */
export const DEFAULT_CONFIGURATION: Required<Configuration> = {
  profile: 'auto',
  widths: [],
  finite: [],
  'head-scaling': 'head-dim',
  'base-width': 256,
  multipliers: [],
  rules: {},
  'per-file-ignores': {},
  exclude: [],
  launch: '{}',
  'most-seeds': 10,
};

/** A command word by word; null where the Python has no place in it, or several. */
export function launchWords(launch: string): readonly string[] | null {
  const words = launch.split(/\s+/).filter((word) => word !== '');
  return words.filter((word) => word === '{}').length === 1 ? words : null;
}

/** Whether a key is one of a configuration's. */
export function isSetting(key: string): boolean {
  return Object.hasOwn(ENTRIES, key);
}

/** Reads a configuration from a file's contents or an editor's settings, or says all that of it cannot be used. */
export function readConfiguration(
  value: unknown,
): { readonly output: Configuration } | { readonly misfits: readonly Misfit[] } {
  return readWholly(CONFIGURATION, value);
}
