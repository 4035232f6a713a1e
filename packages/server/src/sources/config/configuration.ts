import { type AnalysisOptions, RULES, type RuleLevel } from '@widthwise/analysis';
import * as v from 'valibot';
import { type Misfit, oneOf, readBySchema, type Schema, TEXTS, table, tableOf } from '../../input/schema.ts';
import { readGlobs } from '../globs/globs.ts';

/** What a project or editor says about how its model code is to be read. What is left out is not said. */
export interface Configuration {
  readonly profile?: AnalysisOptions['profile'];
  readonly widths?: readonly string[];
  readonly finite?: readonly string[];
  readonly 'head-scaling'?: 'head-dim' | 'head-count';
  readonly multipliers?: readonly string[];
  readonly rules?: Readonly<Record<string, RuleLevel>>;
  /** Globs, relative to the folder of the file that says it. */
  readonly exclude?: readonly string[];
}

export const PROFILES = ['auto', 'advisory', 'mup'] as const;
const PROFILE: Schema<AnalysisOptions['profile']> = oneOf(PROFILES);
const HEAD_SCALING: Schema<'head-dim' | 'head-count'> = oneOf(['head-dim', 'head-count']);
const LEVEL: Schema<RuleLevel> = oneOf(['off', 'hint', 'information', 'warning', 'error']);
const RULE_LEVELS = tableOf(
  RULES.map(({ code }) => code),
  LEVEL,
  { what: 'rules with their severities', noun: 'rule' },
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
  multipliers: setting(TEXTS, 'Names that mean width divided by base width.'),
  rules: setting(RULE_LEVELS, 'Severity by rule, such as `{ "MUP101": "error" }`.'),
  exclude: setting(v.pipe(TEXTS, v.rawCheck(checkGlobs)), 'Globs of files that are left alone.'),
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

/**
 * `widthwise.json`, `[tool.widthwise]` and the editor's settings alike. What editors complete and check by is made of
 * this schema.
 */
export const CONFIGURATION: Schema<Configuration> = table(ENTRIES, {
  what: 'a table of settings',
  noun: 'setting',
});

function setting<Output>(
  schema: Schema<Output>,
  description: string,
): v.ExactOptionalSchema<Schema<Output>, undefined> {
  return v.exactOptional(v.pipe(schema, v.description(description)));
}

/** Whether a key is one of a configuration's. */
export function isSetting(key: string): boolean {
  return Object.hasOwn(ENTRIES, key);
}

/** Reads a configuration from a file's contents or an editor's settings, or says what of it cannot be used. */
export function readConfiguration(
  value: unknown,
): { readonly output: Configuration } | { readonly misfit: Misfit } {
  return readBySchema(CONFIGURATION, value);
}
