import { literal } from '../../growth/quantity.ts';
import { type Arguments, argument } from '../../interpret/machine/given-arguments.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { ArgumentPlace } from './tables.ts';

/** The argument, or the default that the table knows. */
export function given(args: Arguments, place: ArgumentPlace): Value {
  const value = argument(args, place);
  if (value !== undefined) return value;
  if (place.default === undefined || args.open) return UNKNOWN;
  const numeric = Number(place.default);
  return Number.isNaN(numeric)
    ? { kind: 'text', text: place.default }
    : { kind: 'number', quantity: literal(numeric) };
}
