import { quoted } from '@widthwise/core';
import { InputError } from '../../input/input-error.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { numberOf } from '../read-values.ts';

/** The updates that `--steps` asks for, undefined where it is not given. */
export function stepsOf(args: ParsedArgs, most: number = Number.POSITIVE_INFINITY): number | undefined {
  const steps = numberOf(args, 'steps');
  if (steps === undefined || (Number.isInteger(steps) && steps >= 0 && steps <= most)) return steps;
  const range = most === Number.POSITIVE_INFINITY ? 'of at least 0' : `from 0 to ${most}`;
  throw new InputError('steps', `expected a whole number ${range}, got ${quoted(args.value('steps') ?? '')}`);
}
