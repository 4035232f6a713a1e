import { literal } from '../../growth/quantity.ts';
import { hiddenName, hidesName } from '../../network/hidden-name.ts';
import { compared } from '../values/truth.ts';
import { type Composed, number, type Value } from '../values/value.ts';

const BETWEEN = ':';

/** The name that a dict has a part under whose own name the code puts together; the number keeps those of one place apart. */
export function composedName(composed: Composed, number: number): string {
  return `${placeOf(composed)}${number}`;
}

/** The name that an attribute is set under; one that the code puts together stands for all that it puts together there. */
export function attributeName(name: Value): string | undefined {
  if (name.kind === 'text') return name.text;
  return name.kind === 'unknown' && name.composed !== undefined ? composedName(name.composed, 0) : undefined;
}

/** Whether it is a name that is put together at the same place. */
export function isComposedName(name: string, composed: Composed): boolean {
  return name.startsWith(placeOf(composed));
}

/** Whether a name of a dict may be one that is put together elsewhere. */
export function mayBeComposed(name: string, composed: Composed): boolean {
  const { begins } = composed;
  if (!hidesName(name)) return name.startsWith(begins) && mayEndAs(name.slice(begins.length), composed);
  const [, beginning, number] = name.split(BETWEEN);
  if (beginning === undefined || number === undefined) return true;
  const other = decoded(beginning);
  return other.startsWith(begins) || begins.startsWith(other);
}

/** Whether what a name ends with may be the number that comes next, and what comes after it. */
function mayEndAs(rest: string, { next }: Composed): boolean {
  if (next === undefined) return true;
  const digits = rest.endsWith(next.ends) ? rest.slice(0, rest.length - next.ends.length) : '';
  if (!/^[-\d.e+]+$/.test(digits)) return false;
  if (!/^-?\d+$/.test(digits)) return true;
  return compared('==', next.number, number(literal(Number(digits)))) !== false;
}

function placeOf({ begins, at }: Composed): string {
  return `${hiddenName(at)}${BETWEEN}${encoded(begins)}${BETWEEN}`;
}

/** Without the characters that have a meaning in a path or here. */
function encoded(text: string): string {
  return [...text].map((one) => one.codePointAt(0)?.toString(16)).join('-');
}

function decoded(codes: string): string {
  return codes
    .split('-')
    .map((code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .join('');
}
