import type { AnalysisOptions, RuleLevel } from '@widthwise/analysis';
import { RULES } from '@widthwise/analysis';

/** What a project or editor says about how its model code is to be read. What is left out is not said. */
export interface Configuration {
  readonly profile?: AnalysisOptions['profile'];
  readonly widths?: readonly string[];
  readonly finite?: readonly string[];
  readonly headScaling?: 'head-dim' | 'head-count';
  readonly multipliers?: readonly string[];
  readonly rules?: Readonly<Record<string, RuleLevel>>;
  /** Globs, relative to the folder of the file that says it. */
  readonly exclude?: readonly string[];
}

/** A configuration that cannot be used: one sentence that names the key. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const PROFILES = ['auto', 'advisory', 'mup'] as const;
const HEAD_SCALINGS = ['head-dim', 'head-count'] as const;
const LEVELS: readonly RuleLevel[] = ['off', 'hint', 'information', 'warning', 'error'];

/** How each key of a configuration is read, by the name it has in files. */
const KEYS: Readonly<Record<string, (value: unknown, key: string) => Configuration>> = {
  profile: (value, key) => ({ profile: oneOf(value, key, PROFILES) }),
  widths: (value, key) => ({ widths: texts(value, key) }),
  finite: (value, key) => ({ finite: texts(value, key) }),
  'head-scaling': (value, key) => ({ headScaling: oneOf(value, key, HEAD_SCALINGS) }),
  multipliers: (value, key) => ({ multipliers: texts(value, key) }),
  rules: (value, key) => ({ rules: ruleLevels(value, key) }),
  exclude: (value, key) => ({ exclude: texts(value, key) }),
};

/** Whether a key is one of a configuration's. */
export function isSetting(key: string): boolean {
  return Object.hasOwn(KEYS, key);
}

/**
 * Reads a configuration from a file's contents or an editor's settings.
 *
 * @param where the file or editor, as the sentence of an error names it
 * @throws ConfigurationError for a key or value that does not exist
 */
export function parseConfiguration(value: unknown, where: string): Configuration {
  if (!isRecord(value)) throw new ConfigurationError(`${where}: expected a table of settings`);
  let configuration: Configuration = {};
  for (const [key, setting] of Object.entries(value)) {
    const read = isSetting(key) ? KEYS[key] : undefined;
    if (read === undefined) {
      throw new ConfigurationError(
        `${where}: there is no setting '${key}'; there are ${Object.keys(KEYS).join(', ')}`,
      );
    }
    configuration = { ...configuration, ...read(setting, `${where}: ${key}`) };
  }
  return configuration;
}

function oneOf<Choice extends string>(value: unknown, key: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  throw new ConfigurationError(`${key}: expected one of ${choices.join(', ')}, got ${JSON.stringify(value)}`);
}

function texts(value: unknown, key: string): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new ConfigurationError(`${key}: expected a list of texts, got ${JSON.stringify(value)}`);
}

function ruleLevels(value: unknown, key: string): Readonly<Record<string, RuleLevel>> {
  if (!isRecord(value)) {
    throw new ConfigurationError(
      `${key}: expected rules with their severities, got ${JSON.stringify(value)}`,
    );
  }
  const codes = RULES.map((rule) => rule.code);
  return Object.fromEntries(
    Object.entries(value).map(([code, level]) => {
      if (!codes.some((known) => known === code)) {
        throw new ConfigurationError(`${key}: there is no rule '${code}'; there are ${codes.join(', ')}`);
      }
      return [code, oneOf(level, `${key}.${code}`, LEVELS)];
    }),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
