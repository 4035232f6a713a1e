import type { Budget } from '../../budget.ts';
import { literal, pair } from '../../growth/quantity.ts';
import { setAttribute } from '../../interpret/language/assign.ts';
import { attributeOf } from '../../interpret/language/attributes.ts';
import { itemOf } from '../../interpret/language/items.ts';
import { madeIn } from '../../interpret/language/module-names.ts';
import { sampleOf } from '../../interpret/language/samples.ts';
import { settingsFrom } from '../../interpret/machine/arguments.ts';
import {
  findMethod,
  inheritsUnread,
  isModuleClass,
  isSubclass,
  lineage,
} from '../../interpret/machine/classes.ts';
import { keyOf, perhapsWithout, updated, withEntry } from '../../interpret/machine/collections.ts';
import { eachWay } from '../../interpret/machine/frames.ts';
import { positional } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame, Interpreter } from '../../interpret/machine/interpreter.ts';
import { shown } from '../../interpret/machine/text-values.ts';
import { deepCopy } from '../../interpret/modules/copies.ts';
import { idOf, iterated, namedChildren } from '../../interpret/modules/modules.ts';
import type { Attribute } from '../../interpret/values/attribute-state.ts';
import { dict, list, madeAt, orderedList } from '../../interpret/values/containers.ts';
import { anyOf, eachOption, either, optionsOf, perhapsAbsent } from '../../interpret/values/either.ts';
import { isNumeric, quantityOf } from '../../interpret/values/numbers.ts';
import { agreed, truthOf } from '../../interpret/values/truth.ts';
import {
  type DictValue,
  NONE,
  number,
  type OpaqueValue,
  text,
  UNKNOWN,
  type Value,
} from '../../interpret/values/value.ts';
import { hiddenName } from '../../network/hidden-name.ts';
import { hasWeight } from '../../network/layer.ts';
import { isCallable } from './callables.ts';
import { sequenceCall } from './sequences.ts';

/** Functions that go through what they are given. */
const GOES_THROUGH: ReadonlySet<string> = new Set(
  ['list', 'tuple', 'iter', 'reversed', 'sorted', 'enumerate', 'zip', 'len'].map(
    (name) => `builtins.${name}`,
  ),
);

function iteratedBy(qualified: string, value: Value, frame: Frame): Value {
  return GOES_THROUGH.has(qualified) ? iterated(value, frame) : value;
}

/** Wrappers that give back what they are handed. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'builtins.list',
  'builtins.tuple',
  'builtins.iter',
  'builtins.reversed',
  'builtins.sorted',
]);

/** Another list of the same items; the order that sorting gives is not known. */
function handedBack(qualified: string, value: Value): Value {
  if (value.kind !== 'list') return value;
  const { items, open, order } = value;
  if (order !== undefined && qualified !== 'builtins.sorted') {
    if (qualified !== 'builtins.reversed')
      return orderedList([...items], order, qualified === 'builtins.tuple' || undefined);
    return orderedList([...items].reverse(), { ...order, at: items.length - 1 - order.at });
  }
  if (qualified === 'builtins.reversed') return list([...items].reverse(), open);
  return list(
    [...items],
    open || qualified === 'builtins.sorted',
    qualified === 'builtins.tuple' || undefined,
  );
}

const COPIES: ReadonlySet<string> = new Set(['copy.deepcopy', 'copy.copy']);

/** A deep copy is followed; of another one, which shares what it holds, only that of lists and dicts is. */
function copied(qualified: string, value: Value, frame: Frame): Value {
  if (qualified === 'copy.deepcopy') return deepCopy(value, frame);
  if (!frame.building && (value.kind === 'object' || value.kind === 'layer')) return UNKNOWN;
  return value.kind === 'object' && !isModuleClass(frame.interpreter, value.definition)
    ? UNKNOWN
    : copyOf(value);
}

/** Another list or dict of copies. */
function copyOf(value: Value): Value {
  if (value.kind === 'list') return list(value.items.map(copyOf), value.open);
  if (value.kind !== 'dict') return value;
  const entries = new Map([...value.entries].map(([name, entry]) => [name, copyOf(entry)]));
  return dict(entries, value.open, value.keys);
}

/** What Python has built in to change something, or to call what it is given. */
export function effectCall(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  const [first = UNKNOWN, second = UNKNOWN, third = UNKNOWN] = args.positional;
  switch (qualified) {
    case 'builtins.object.__setattr__':
    case 'builtins.setattr': {
      const name = second.kind === 'text' ? second.text : hiddenName(span.start);
      eachWay(optionsOf(first), frame, {
        run: (owner, way) => setAttribute(owner, { name, value: third, span }, way),
      });
      return NONE;
    }
    case 'dataclasses.replace': {
      const copy = deepCopy(first, frame);
      eachWay(optionsOf(copy), frame, {
        run: (owner, way) => {
          for (const [name, value] of args.named) setAttribute(owner, { name, value, span }, way);
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
      return list(results, over.open);
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
      return list(items, over.open || answers.some(({ kept }) => kept === null));
    }
    default:
      return undefined;
  }
}

/** What Python has built in, for lists and for containers of layers alike. */
export function builtinCall(qualified: string, site: CallSite): Value | undefined {
  const { args, frame } = site;
  const values = args.positional.map((value) => iteratedBy(qualified, value, frame));
  const [first = UNKNOWN, second = UNKNOWN] = values;
  if (WRAPPERS.has(qualified)) return handedBack(qualified, first);
  if (COPIES.has(qualified)) return copied(qualified, first, frame);
  switch (qualified) {
    case 'builtins.isinstance':
      return truth(agreed(optionsOf(first).map((option) => isInstance(frame.interpreter, option, second))));
    case 'builtins.issubclass':
      return truth(agreed(optionsOf(first).map((option) => isSubclassOf(frame.interpreter, option, second))));
    case 'builtins.callable':
      return truth(agreed(optionsOf(first).map((option) => isCallable(option, frame))));
    case 'builtins.hasattr':
      return second.kind === 'text' ? hasAttribute(first, second.text, frame) : UNKNOWN;
    case 'builtins.getattr':
      return getAttribute(first, { name: second, fallback: args.positional[2] }, frame);
    case 'builtins.vars':
      // What a namespace from outside has is asked for by name, be it by its attributes or by their dict.
      return settingsFrom(first) ?? undefined;
    case 'builtins.str':
      return textOf(first);
    case 'builtins.next':
      return firstOf(first, frame);
    case 'builtins.type':
      return args.positional.length === 1 ? typeOf(first) : undefined;
    case 'builtins.len':
    case 'builtins.range':
    case 'builtins.enumerate':
    case 'builtins.zip':
    case 'itertools.chain':
    case 'itertools.pairwise':
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
    case 'builtins.print':
      return NONE;
    default:
      return undefined;
  }
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
    const hidden = keyOf(key) === undefined ? new Map(after.entries).set(hiddenName(index), entry) : null;
    made = hidden === null ? after : dict(hidden, after.open, after.keys);
  }
  return value.open ? perhapsWithout(made) : made;
}

function truth(answer: boolean | null): Value {
  return answer === null ? UNKNOWN : { kind: 'truth', value: answer };
}

function isInstance(interpreter: Interpreter, value: Value, of: Value): boolean | null {
  if (of.kind === 'list') {
    const answers = of.items.map((one) => isInstance(interpreter, value, one));
    if (answers.includes(true)) return true;
    return answers.every((answer) => answer === false) ? false : null;
  }
  if (of.kind === 'reference') {
    if (value.kind === 'object') return isSubclass(interpreter, value.definition, of.qualified);
    const same = value.kind === 'layer' && value.layer.qualified === of.qualified;
    return same || interpreter.libraries.isInstance(value, of.qualified);
  }
  if (of.kind !== 'class') return null;
  if (value.kind === 'object') return lineage(interpreter, value.definition).includes(of.definition);
  return value.kind === 'layer' ? false : null;
}

/** Whether a class of the file inherits from another one, or, where all its bases are read, does not. */
function isSubclassOf(interpreter: Interpreter, value: Value, of: Value): boolean | null {
  if (value.kind !== 'class') return null;
  if (of.kind === 'reference') return isSubclass(interpreter, value.definition, of.qualified);
  if (of.kind !== 'class') return null;
  if (lineage(interpreter, value.definition).includes(of.definition)) return true;
  return inheritsUnread(interpreter, value.definition) ? null : false;
}

function hasAttribute(value: Value, name: string, frame: Frame): Value {
  const own = ownAttribute(value, name, frame);
  if (own !== undefined) return own.perhaps === true ? UNKNOWN : { kind: 'truth', value: true };
  if (value.kind !== 'layer' || (name !== 'weight' && name !== 'bias')) return UNKNOWN;
  return truth(hasWeight(value.layer));
}

/** `getattr(object, name, fallback)`: what is not surely there may be the fallback instead. */
function getAttribute(
  object: Value,
  { name, fallback }: { readonly name: Value; readonly fallback: Value | undefined },
  frame: Frame,
): Value {
  if (name.kind === 'opaque' && name.fallback?.kind === 'text') {
    // What a setting names is looked up as the code has it unless it is given another.
    frame.interpreter.settled.set(name.symbol, name.fallback);
    return getAttribute(object, { name: name.fallback, fallback }, frame);
  }
  if (name.kind !== 'text') {
    const made = object.kind === 'reference' ? madeIn(object, name, frame) : undefined;
    return made ?? someAttribute(object, frame);
  }
  return eachOption(object, (one) => {
    const value = attributeOf(one, name.text, frame);
    if (fallback === undefined || isThere(one, name.text, frame)) return value;
    if (isMissing(one, name.text, frame)) return fallback;
    return value.kind === 'unknown' &&
      one.kind === 'object' &&
      !inheritsUnread(frame.interpreter, one.definition)
      ? fallback
      : either([value, fallback]);
  });
}

/** Whether something surely has an attribute. */
function isThere(object: Value, name: string, frame: Frame): boolean {
  if (object.kind === 'opaque') return hasField(object, name, frame) === true;
  const own = ownAttribute(object, name, frame);
  if (own !== undefined && own.perhaps !== true) return true;
  return object.kind === 'object' && findMethod(frame.interpreter, object.definition, name) !== undefined;
}

/** What code has given an object or layer under a name. */
function ownAttribute(value: Value, name: string, { heap }: Frame): Attribute | undefined {
  if (value.kind !== 'object' && value.kind !== 'layer') return undefined;
  return heap.attributes(idOf(value)).get(name);
}

/** Whether a configuration has no such field, by all that is read of its class. */
function isMissing(object: Value, name: string, frame: Frame): boolean {
  return object.kind === 'opaque' && hasField(object, name, frame) === false;
}

/** Whether the class of a configuration has a field; null where not all of that class is read. */
function hasField({ symbol }: OpaqueValue, name: string, frame: Frame): boolean | null {
  const { interpreter } = frame;
  const definition = interpreter.annotated.get(symbol);
  const sample = definition && sampleOf(definition, frame);
  if (!(definition && sample)) return null;
  if (isThere(sample.object, name, frame.with({ heap: sample.heap }))) return true;
  return inheritsUnread(interpreter, definition) ? null : false;
}

/** Any of the modules right below; a name that is not known may be that of something else, too. */
function someAttribute(object: Value, frame: Frame): Value {
  if (object.kind !== 'object' && object.kind !== 'layer') return UNKNOWN;
  return anyOf([...namedChildren(object, frame).map(({ value }) => value), UNKNOWN]);
}

function textOf(value: Value): Value {
  const characters = shown(value);
  return characters === undefined ? UNKNOWN : text(characters);
}

function typeOf(value: Value): Value {
  if (value.kind === 'layer') return { kind: 'reference', qualified: value.layer.qualified };
  return value.kind === 'object' ? { kind: 'class', definition: value.definition } : UNKNOWN;
}

/** What `next` takes from a list; any item where there may be others. */
function firstOf(value: Value, frame: Frame): Value {
  const first = value.kind === 'list' && !value.open ? value.items[0] : undefined;
  return first ?? itemOf(value, UNKNOWN, frame);
}
