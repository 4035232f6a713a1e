import { literal } from '../../growth/quantity.ts';
import { list } from '../values/containers.ts';
import { exactInteger } from '../values/numbers.ts';
import { type Composed, number, text as textValue, UNKNOWN, type Value } from '../values/value.ts';
import type { Arguments } from './given-arguments.ts';

/** More letters than these are not put in the place of others. */
const LONGEST = 1000;

/** A value as a text shows it: a text as it is, an integer as it is written; undefined for any other. */
export function shown(value: Value | undefined): string | undefined {
  if (value?.kind === 'text') return value.text;
  return value?.kind === 'number' ? exactInteger(value)?.toString() : undefined;
}

/** A text that is not known, but of which it is known what it is put together of: texts, and what stands for others. */
export function composedText(made: Value, pieces: readonly (string | Value)[], at: number): Value {
  const open = pieces.findIndex((piece) => typeof piece !== 'string');
  const begins = pieces.slice(0, open).join('');
  if (made.kind !== 'unknown' || open < 0 || begins === '') return made;
  const [number, ...rest] = pieces.slice(open);
  const isSimple =
    typeof number === 'object' &&
    number.kind === 'number' &&
    rest.every((piece) => typeof piece === 'string');
  const composed: Composed = isSimple
    ? { begins, at, next: { number, ends: rest.join('') } }
    : { begins, at };
  return { ...made, composed };
}

/** A method of a text that is known, called at a place of the code. */
export function textMethod(text: string, method: string, args: Arguments, at?: number): Value {
  const [first] = args.positional;
  const other = first?.kind === 'text' ? first.text : undefined;
  switch (method) {
    case 'lower':
      return textValue(text.toLowerCase());
    case 'upper':
      return textValue(text.toUpperCase());
    case 'startswith':
      return anyOf(args, (one) => text.startsWith(one));
    case 'endswith':
      return anyOf(args, (one) => text.endsWith(one));
    case 'find':
      return other === undefined ? UNKNOWN : number(literal(text.indexOf(other)));
    case 'replace':
      return replaced(text, args);
    case 'split':
    case 'rsplit':
      return partsOf(text, method === 'rsplit', args);
    case 'format':
      return formatted(text, args, at);
    case 'join':
      return joined(text, first);
    default:
      return UNKNOWN;
  }
}

/** `'batch_norm'.replace('_', '')`, everywhere in the text. */
function replaced(text: string, { positional: [from, to, ...more], named, open }: Arguments): Value {
  const isPlain = more.length === 0 && named.size === 0 && !open;
  if (!isPlain || from?.kind !== 'text' || to?.kind !== 'text' || from.text === '') return UNKNOWN;
  const all = text.replaceAll(from.text, () => to.text);
  return all.length > LONGEST ? UNKNOWN : textValue(all);
}

/** `'torch.optim.AdamW'.rsplit('.', 1)`: the last of the parts, or with `split` the first, and the rest as it is. */
function partsOf(text: string, fromEnd: boolean, { positional: [by, most] }: Arguments): Value {
  const between = by === undefined ? ' ' : by.kind === 'text' ? by.text : '';
  const cuts = most === undefined ? text.length : exactInteger(most);
  if (between === '' || cuts === undefined || cuts < 0) return UNKNOWN;
  const all = text.split(between);
  const cut = Math.min(cuts, all.length - 1);
  const at = fromEnd ? all.length - cut : cut;
  const parts = fromEnd
    ? [all.slice(0, at).join(between), ...all.slice(at)]
    : [...all.slice(0, at), all.slice(at).join(between)];
  return list(parts.map(textValue));
}

/** A question about one text, or about any of a tuple; with places in the text as further arguments it is not read. */
function anyOf({ positional: [first, ...more] }: Arguments, holds: (one: string) => boolean): Value {
  const all = first?.kind === 'list' && first.tuple && !first.open ? first.items : [first];
  const texts = all.flatMap((one) => (one?.kind === 'text' ? [one.text] : []));
  if (more.length > 0 || texts.length < all.length) return UNKNOWN;
  return { kind: 'truth', value: texts.some(holds) };
}

function joined(between: string, parts: Value | undefined): Value {
  if (parts?.kind !== 'list' || parts.open) return UNKNOWN;
  const texts = parts.items.map(shown);
  return texts.includes(undefined) ? UNKNOWN : textValue(texts.join(between));
}

/** `'layer{}'.format(i)` at a place of the code, with plain fields alone. */
function formatted(pattern: string, { positional, named, open }: Arguments, at: number | undefined): Value {
  if (open || /\{\{|\}\}/.test(pattern)) return UNKNOWN;
  let next = 0;
  const givenFor = (field: string) =>
    /^\d*$/.test(field) ? positional[field === '' ? next++ : Number(field)] : named.get(field);
  const values: Value[] = [];
  const made = filled(pattern, /\{(\w*)\}/g, (field) => {
    const value = givenFor(field);
    values.push(value ?? UNKNOWN);
    return value;
  });
  return at === undefined ? made : composedOf(made, { texts: pattern.split(/\{\w*\}/), values, at });
}

/** `'layer%d' % i` at a place of the code, with plain fields alone. */
export function percentFormatted(pattern: string, given: Value, at: number): Value {
  const values = given.kind === 'list' ? given.items : [given];
  if ((given.kind === 'list' && given.open) || pattern.includes('%%')) return UNKNOWN;
  let next = 0;
  const made = filled(pattern, /%[dsi]/g, () => values[next++]);
  return composedOf(made, { texts: pattern.split(/%[dsi]/), values, at });
}

/** A text of which the parts between some values are written. */
function composedOf(
  made: Value,
  {
    texts,
    values,
    at,
  }: { readonly texts: readonly string[]; readonly values: readonly Value[]; readonly at: number },
): Value {
  const [first = '', ...rest] = texts;
  const pieces = rest.flatMap((text, index) => {
    const value = values[index] ?? UNKNOWN;
    return [shown(value) ?? value, text];
  });
  return composedText(made, [first, ...pieces], at);
}

function filled(pattern: string, fields: RegExp, given: (field: string) => Value | undefined): Value {
  let isKnown = true;
  const text = pattern.replace(fields, (_, field: string) => {
    const value = shown(given(field));
    isKnown &&= value !== undefined;
    return value ?? '';
  });
  return isKnown && !/[{}%]/.test(text) ? textValue(text) : UNKNOWN;
}
