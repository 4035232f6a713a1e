import type { Span } from '../../syntax/span.ts';
import { either, optionsOf } from './either.ts';
import type { Meeting } from './meeting.ts';
import { sameValue } from './same-value.ts';
import type { Value } from './value.ts';

/** An attribute of an object, or an item of a container. */
export interface Attribute {
  readonly value: Value;
  /** The attribute in the statement that assigned it. */
  readonly span: Span | null;
  /** Whether only some of the ways here have assigned it. */
  readonly perhaps?: true;
  /** Whether it is missing on none of them but for fewer rounds of a loop. */
  readonly later?: true;
  /** Whether more items like it may stand behind it in its container. */
  readonly more?: true;
  /** Whether it is a module's buffer, whatever it is now. */
  readonly isBuffer?: true;
}

/** The attributes of one object by their names, the items of one container by their places. */
export type Attributes = ReadonlyMap<string, Attribute>;

/** Whether a value is like one of an earlier round. */
export type Likeness = (value: Value, before: Value) => boolean;

/** The attributes that were not there or not like this. The items of a container that grows are its own affair. */
export function movedIn(
  attributes: Attributes,
  before: Attributes,
  isWithin: Likeness,
): readonly (readonly [string, Attribute])[] {
  if (attributes === before) return [];
  return [...attributes].filter(([name, { value }]) => {
    const known = before.get(name);
    return known === undefined ? !/^\d+$/.test(name) : known.value !== value && !isWithin(value, known.value);
  });
}

/** Whether the same attributes are there, each with the same value or one of the same flags. */
export function sameAttributes(attributes: Attributes, others: Attributes): boolean {
  if (attributes === others) return true;
  if (attributes.size !== others.size) return false;
  return [...attributes].every(([name, one]) => {
    const other = others.get(name);
    return one === other || (other !== undefined && isSame(one, other));
  });
}

function isSame(one: Attribute, other: Attribute): boolean {
  return (
    one.perhaps === other.perhaps && (sameValue(one.value, other.value) || sameFlags(one.value, other.value))
  );
}

/** Whether each of two values is one of the same truths and texts: which of them is not known. */
function sameFlags(left: Value, right: Value): boolean {
  if (left.kind !== 'either' || right.kind !== 'either') return false;
  const [mine, theirs] = [optionsOf(left), optionsOf(right)];
  return (
    mine.length === theirs.length &&
    mine.every((one) => FLAGS.has(one.kind) && theirs.some((other) => sameValue(one, other)))
  );
}

const FLAGS: ReadonlySet<Value['kind']> = new Set(['truth', 'none', 'text']);

/** What may have become of them on either of two ways. */
export function joinedAttributes(left: Attributes, right: Attributes, meeting: Meeting): Attributes {
  const both = new Map<string, Attribute>();
  for (const [name, mine] of left) {
    const theirs = right.get(name);
    both.set(name, theirs === undefined ? onOneWay(mine, meeting) : joinedAttribute(mine, theirs, meeting));
  }
  for (const [name, theirs] of right) if (!left.has(name)) both.set(name, onOneWay(theirs, meeting));
  return both;
}

function onOneWay({ later, ...attribute }: Attribute, meeting: Meeting): Attribute {
  const isLater = meeting.of === 'rounds' && (attribute.perhaps !== true || later === true);
  return { ...attribute, perhaps: true, ...(isLater ? { later: true } : {}) };
}

function joinedAttribute(mine: Attribute, theirs: Attribute, meeting: Meeting): Attribute {
  if (mine === theirs) return mine;
  const perhaps = mine.perhaps ?? theirs.perhaps;
  const isLater = [mine, theirs].every((one) => one.perhaps !== true || one.later === true);
  const more = mine.more ?? theirs.more;
  const isBuffer = mine.isBuffer ?? theirs.isBuffer;
  const value = either([mine.value, theirs.value], meeting);
  return {
    value,
    span: mine.span,
    ...(perhaps === true ? { perhaps } : {}),
    ...(perhaps === true && isLater ? { later: true } : {}),
    ...(more === true ? { more } : {}),
    ...(isBuffer === true ? { isBuffer } : {}),
  };
}
