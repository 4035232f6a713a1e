import type { ComparisonConfig } from '@widthwise/protocol';
import { Refusal } from '../connection/answering.ts';

type Kind = 'text' | 'number' | 'list of texts' | 'list of numbers';

const KINDS: Readonly<Record<keyof ComparisonConfig, Kind>> = {
  data: 'text',
  dataSeed: 'number',
  widths: 'list of numbers',
  parametrizations: 'list of texts',
  depth: 'number',
  activation: 'text',
  steps: 'number',
  learningRate: 'number',
  seeds: 'number',
  baseWidth: 'number',
  probe: 'number',
  loss: 'text',
  reduction: 'text',
  engine: 'text',
};

const CHECKS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  'list of texts': (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  'list of numbers': (value) => Array.isArray(value) && value.every((item) => typeof item === 'number'),
};

/**
 * The fields of a configuration that came from outside, each of its kind; null says as little as nothing. Whether the
 * values can be trained is checked where they are used.
 */
export function checkConfig(config: unknown): ComparisonConfig {
  if (typeof config !== 'object' || config === null) throw refusal('the configuration', 'an object', config);
  const said = Object.entries(config).filter(([, value]) => value !== null && value !== undefined);
  for (const [field, value] of said) {
    const kind = Object.hasOwn(KINDS, field) ? KINDS[field as keyof ComparisonConfig] : undefined;
    if (kind === undefined) {
      throw new Refusal(
        'invalid-config',
        `there is no '${field}'; there are ${Object.keys(KINDS).join(', ')}`,
      );
    }
    if (!CHECKS[kind](value)) throw refusal(field, `a ${kind}`, value);
  }
  return Object.fromEntries(said);
}

function refusal(field: string, expected: string, value: unknown): Refusal {
  return new Refusal('invalid-config', `${field}: expected ${expected}, got ${JSON.stringify(value)}`);
}
