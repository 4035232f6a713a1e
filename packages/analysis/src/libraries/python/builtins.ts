import type { Budget } from '../../budget.ts';
import { literal, pair } from '../../growth/quantity.ts';
import { setAttribute } from '../../interpret/language/assign.ts';
import { attributeOf } from '../../interpret/language/attributes.ts';
import { listFrom } from '../../interpret/language/ordered.ts';
import { runAfter } from '../../interpret/machine/after-fields.ts';
import { settingsFrom } from '../../interpret/machine/arguments.ts';
import { findMethod } from '../../interpret/machine/classes.ts';
import { keyOf, perhapsWithout, updated, withEntry } from '../../interpret/machine/collections.ts';
import { attributeName } from '../../interpret/machine/composed-names.ts';
import { eachWay } from '../../interpret/machine/frames.ts';
import { positional } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import { shown } from '../../interpret/machine/text-values.ts';
import { deepCopy } from '../../interpret/modules/copies.ts';
import { iterated, modulesIn } from '../../interpret/modules/modules.ts';
import { putSomewhere } from '../../interpret/modules/replaced-modules.ts';
import {
  dict,
  generator,
  list,
  madeAt,
  openList,
  orderedList,
  withFactory,
} from '../../interpret/values/containers.ts';
import { optionsOf, perhapsAbsent } from '../../interpret/values/either.ts';
import { isNumeric, quantityOf } from '../../interpret/values/numbers.ts';
import { madeOfPaths } from '../../interpret/values/part-paths.ts';
import { truthOf } from '../../interpret/values/truth.ts';
import { type DictValue, NONE, number, text, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { hiddenName } from '../../network/hidden-name.ts';
import { ownNames } from '../../syntax/own-names.ts';
import { getAttribute, hasAttribute } from './attribute-functions.ts';
import { COPIES, copied } from './copied.ts';
import { typeOf } from './instances.ts';
import { sequenceCall } from './sequences.ts';
import { truthCall } from './truth-calls.ts';

/** Functions that go through what they are given. */
const GOES_THROUGH: ReadonlySet<string> = new Set(
  ['list', 'tuple', 'iter', 'reversed', 'sorted', 'enumerate', 'zip', 'len'].map(
    (name) => `builtins.${name}`,
  ),
);

function iteratedBy(qualified: string, value: Value, frame: Frame): Value {
  if (!GOES_THROUGH.has(qualified) || (qualified === 'builtins.len' && tellsLength(value, frame)))
    return value;
  return iterated(value, frame);
}

/** Whether an object says by a method of its own how long it is. */
function tellsLength(value: Value, { interpreter }: Frame): boolean {
  return value.kind === 'object' && findMethod(interpreter, value.definition, '__len__') !== undefined;
}

/** Wrappers that give back what they are handed. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'builtins.list',
  'builtins.tuple',
  'builtins.iter',
  'builtins.reversed',
  'builtins.sorted',
]);

/** Those that make a list of what comes from outside, in its order. */
const LISTS: ReadonlySet<string> = new Set(['builtins.list', 'builtins.tuple', 'builtins.reversed']);

/** Another list of the same items; the order that sorting gives is not known. */
function handedBack(qualified: string, given: Value, frame: Frame): Value {
  const value = given.kind === 'opaque' && LISTS.has(qualified) ? listFrom(given, frame) : given;
  if (value.kind !== 'list') return value;
  const { items, open, order, front = 0 } = value;
  if (order !== undefined && qualified !== 'builtins.sorted') {
    if (qualified !== 'builtins.reversed')
      return orderedList([...items], order, qualified === 'builtins.tuple' || undefined);
    return orderedList([...items].reverse(), { ...order, at: items.length - 1 - order.at });
  }
  if (qualified === 'builtins.reversed') return list([...items].reverse(), open);
  const tuple = qualified === 'builtins.tuple' || undefined;
  if (qualified === 'builtins.sorted') return list([...items], true);
  return open ? openList([...items], front, tuple) : list([...items], false, tuple);
}

/** What Python has built in to change something, or to call what it is given. */
export function effectCall(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  const [first = UNKNOWN, second = UNKNOWN, third = UNKNOWN] = args.positional;
  if (ORDERS.has(qualified)) runKey({ args, frame, span });
  switch (qualified) {
    case 'builtins.object.__setattr__':
    case 'builtins.setattr': {
      const name = attributeName(second) ?? hiddenName(span.start);
      eachWay(optionsOf(first), frame, {
        run: (owner, way) => {
          const [module] = second.kind === 'text' || way.building ? [] : modulesIn(owner, way.interpreter);
          if (module !== undefined) putSomewhere(module, { value: third, span }, way);
          setAttribute(owner, { name, value: third, span }, way);
        },
      });
      return NONE;
    }
    case 'builtins.delattr': {
      const name = attributeName(second) ?? hiddenName(span.start);
      eachWay(optionsOf(first), frame, {
        run: (owner, way) => setAttribute(owner, { name, value: UNKNOWN, span }, way),
      });
      return NONE;
    }
    case 'dataclasses.replace': {
      const copy = deepCopy(first, frame);
      eachWay(optionsOf(copy), frame, {
        run: (owner, way) => {
          for (const [name, value] of args.named) setAttribute(owner, { name, value, span }, way);
          if (owner.kind === 'object') runAfter(owner, way);
        },
      });
      return copy;
    }
    case 'builtins.map': {
      const over = iterated(second, frame);
      if (over.kind !== 'list' || args.positional.length > 2) return undefined;
      const results = over.items.map((item) =>
        frame.interpreter.call(first, { args: positional(item), frame, span }),
      );
      return generator(list(results, over.open));
    }
    case 'builtins.filter': {
      const over = iterated(second, frame);
      if (over.kind !== 'list') return over;
      const answers = over.items.map((item) => {
        return {
          item,
          kept: first.kind === 'none' ? null : truthOf(frame.call(first, positional(item), span)),
        };
      });
      const kept = answers.filter(({ kept }) => kept !== false);
      const items = kept.map(({ item, kept }) => (kept === null ? perhapsAbsent(item) : item));
      return generator(list(items, over.open || answers.some(({ kept }) => kept === null)));
    }
    default:
      return undefined;
  }
}

/** Functions that call their `key` on each item. */
const ORDERS: ReadonlySet<string> = new Set(['builtins.sorted', 'builtins.max', 'builtins.min']);

/** What a key does to the items counts, not what it gives: `max(layers, key=start)`. */
function runKey({ args, frame, span }: CallSite): void {
  const key = args.named.get('key');
  const [first = UNKNOWN, ...more] = args.positional;
  if (key?.kind !== 'function' && key?.kind !== 'partial') return;
  const over = more.length === 0 ? iterated(first, frame) : list(args.positional);
  if (over.kind === 'list') for (const item of over.items) frame.call(key, positional(item), span);
}

/** What Python has built in, for lists and for containers of layers alike. */
export function builtinCall(qualified: string, site: CallSite): Value | undefined {
  const { args, frame } = site;
  const values = args.positional.map((value) => iteratedBy(qualified, value, frame));
  const [first = UNKNOWN, second = UNKNOWN] = values;
  if (WRAPPERS.has(qualified)) return handedBack(qualified, first, frame);
  if (COPIES.has(qualified)) return copied(qualified, first, frame);
  switch (qualified) {
    case 'builtins.isinstance':
    case 'builtins.issubclass':
    case 'builtins.callable':
    case 'builtins.bool':
      return truthCall(qualified, values, frame);
    case 'builtins.hasattr':
      return second.kind === 'text' ? hasAttribute(first, second.text, frame) : UNKNOWN;
    case 'builtins.getattr':
      return getAttribute(first, { name: second, fallback: args.positional[2] }, frame);
    case 'builtins.vars':
      // What a namespace from outside has is asked for by name, be it by its attributes or by their dict.
      return (
        settingsFrom(first) ?? (first.kind === 'object' ? attributeOf(first, '__dict__', frame) : undefined)
      );
    case 'builtins.locals':
      return ownNamesOf(frame);
    case 'builtins.str':
      return textOf(first);
    case 'builtins.type':
      return args.positional.length === 1 ? typeOf(first) : undefined;
    case 'builtins.len':
    case 'builtins.range':
    case 'builtins.enumerate':
    case 'builtins.zip':
    case 'itertools.chain':
    case 'itertools.pairwise':
    case 'itertools.repeat':
      return sequenceCall(qualified, values, site);
    case 'builtins.sum':
      return sumOf(first);
    case 'builtins.dict':
    case 'collections.OrderedDict':
      return madeAt(
        site.span,
        updated(
          args.positional.length === 0 ? NO_ENTRIES : dictOf(first, frame.interpreter.budget),
          dict(args.named, args.open),
        ),
      );
    case 'collections.defaultdict':
      return madeAt(
        site.span,
        withFactory(
          updated(
            args.positional.length < 2 ? NO_ENTRIES : dictOf(second, frame.interpreter.budget),
            dict(args.named, args.open),
          ),
          args.positional[0],
        ),
      );
    case 'builtins.print':
      return NONE;
    default:
      return undefined;
  }
}

/** What the function that runs was given, by its names; with names of its own, those that it may have by then are open. */
function ownNamesOf({ names: { of }, locals }: Frame): Value | undefined {
  if (of === null) return undefined;
  const given = of.parameters.map(({ name }) => name);
  const others = [...ownNames(of)].filter((name) => !given.includes(name));
  const entries = given.map((name) => [name, locals.get(name) ?? UNKNOWN] as const);
  return dict(
    new Map(entries),
    others.some((name) => locals.has(name)),
  );
}

/** The sum of numbers that are all known of; of anything else nothing is said here. */
function sumOf(value: Value): Value | undefined {
  if (value.kind !== 'list' || value.open || !value.items.every(isNumeric)) return undefined;
  return number(value.items.map(quantityOf).reduce((sum, one) => pair('add', sum, one), literal(0)));
}

const NO_ENTRIES: DictValue = dict(new Map());

/** How many entries are copied for a unit of work. */
const PARTS = 4;

/** The dict that another one or a list of pairs makes. */
function dictOf(value: Value, budget: Budget): DictValue {
  if (value.kind === 'dict') return dict(value.entries, value.open, value.keys);
  if (value.kind !== 'list') return { ...NO_ENTRIES, open: true };
  let made = dict(new Map());
  for (const [index, pair] of value.items.entries()) {
    const [key = UNKNOWN, entry = UNKNOWN] = pair.kind === 'list' ? pair.items : [];
    budget.spend(made.entries.size / PARTS);
    const after = withEntry(made, key, entry);
    // A module whose name the code computes is a module.
    const isHidden = keyOf(key) === undefined && ![...after.entries.values()].includes(entry);
    const hidden = isHidden ? new Map(after.entries).set(hiddenName(index), entry) : null;
    made = hidden === null ? after : dict(hidden, after.open, after.keys);
  }
  return value.open ? perhapsWithout(made) : made;
}

function textOf(value: Value): Value {
  const characters = shown(value);
  return characters === undefined ? UNKNOWN : madeOfPaths(text(characters), [value]);
}
