import { findExponent, type InitExponent } from '../calculus/exponent.ts';
import { quoted, quotedJson } from '../words/shown-text.ts';
import {
  type AbcExponents,
  LAYER_ROLES,
  type LayerRole,
  type OptimizerName,
  type Parametrization,
} from './parametrization.ts';

const OPTIMIZERS: readonly OptimizerName[] = ['sgd', 'adam'];
const FIELDS = ['name', 'optimizer', ...LAYER_ROLES] as const;
const EXPONENTS = ['a', 'b', 'c'] as const;

/** A JSON object that has these fields at most. */
type Fields<Name extends string> = { readonly [name in Name]?: unknown };

/**
 * A parametrization of one's own, from JSON.
 *
 *     {name?, optimizer?, input: {a, b, c}, hidden: {a, b, c}, output: {a, b, c}}
 *
 * An exponent is a finite number or text such as "1/2"; b may also be "zero".
 *
 * @param fallbackName the name where the JSON has none
 * @throws RangeError one sentence that names the field
 */
export function parseParametrization(json: unknown, fallbackName: string): Parametrization {
  const top = requireObject(json, 'a parametrization', FIELDS);
  return {
    name: parseName(top.name, fallbackName),
    optimizer: parseOptimizer(top.optimizer),
    input: parseRole(top, 'input'),
    hidden: parseRole(top, 'hidden'),
    output: parseRole(top, 'output'),
  };
}

function parseName(name: unknown, fallbackName: string): string {
  if (name === undefined) return fallbackName;
  if (typeof name !== 'string' || name.trim() === '') {
    throw new RangeError(`name: expected a text that is not empty, got ${quotedJson(name)}`);
  }
  return name;
}

function parseOptimizer(optimizer: unknown): OptimizerName {
  if (optimizer === undefined) return 'sgd';
  const known = OPTIMIZERS.find((name) => name === optimizer);
  if (known === undefined) {
    throw new RangeError(`optimizer: expected one of sgd, adam, got ${quotedJson(optimizer)}`);
  }
  return known;
}

function parseRole(top: Fields<LayerRole>, role: LayerRole): AbcExponents {
  const fields = requireObject(top[role], role, EXPONENTS);
  return {
    a: parseFinite(fields.a, `${role}.a`),
    b: parseInit(fields.b, `${role}.b`),
    c: parseFinite(fields.c, `${role}.c`),
  };
}

function parseInit(value: unknown, field: string): InitExponent {
  const exponent = value === 'zero' ? value : readExponent(value);
  if (exponent === undefined) {
    throw new RangeError(`${field}: expected a number, a text such as "1/2", or "zero", ${got(value)}`);
  }
  return exponent;
}

function parseFinite(value: unknown, field: string): number {
  const exponent = readExponent(value);
  if (exponent === undefined || exponent === 'zero') {
    throw new RangeError(`${field}: expected a number or a text such as "1/2", ${got(value)}`);
  }
  return exponent;
}

function readExponent(value: unknown): InitExponent | undefined {
  if (typeof value === 'string') return findExponent(value);
  return typeof value === 'number' && Number.isFinite(value) ? value + 0 : undefined; // −0 + 0 = 0
}

function requireObject<Name extends string>(
  value: unknown,
  field: string,
  known: readonly Name[],
): Fields<Name> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError(`${field}: expected an object with ${known.join(', ')}, ${got(value)}`);
  }
  const names: readonly string[] = known;
  const stranger = Object.keys(value).find((key) => !names.includes(key));
  if (stranger !== undefined) {
    throw new RangeError(`${field}: expected only ${known.join(', ')}, got ${quoted(stranger)}`);
  }
  return value;
}

function got(value: unknown): string {
  return value === undefined ? 'but it is missing' : `got ${quotedJson(value)}`;
}
