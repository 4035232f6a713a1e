import { setAttribute } from '../../interpret/language/assign.ts';
import { settingsFrom } from '../../interpret/machine/arguments.ts';
import { type Arguments, everyArgument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { optionsOf } from '../../interpret/values/either.ts';
import { partial } from '../../interpret/values/partial.ts';
import { NONE, type ObjectValue, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { ClassStatement } from '../../syntax/ast.ts';

/** The packages whose classes are nothing but what they are given. */
export const NAMESPACE_ROOTS: readonly string[] = [
  'types',
  'argparse',
  'easydict',
  'munch',
  'box',
  'addict',
  'omegaconf',
  'ml_collections',
];

/** The classes and functions that make an object of what they are given by name, or in a dict. */
const NAMESPACES: ReadonlySet<string> = new Set([
  'types.SimpleNamespace',
  'argparse.Namespace',
  'easydict.EasyDict',
  'munch.Munch',
  'munch.munchify',
  'munch.DefaultMunch.fromDict',
  'munch.Munch.fromDict',
  'box.Box',
  'addict.Dict',
  'omegaconf.OmegaConf.create',
  'omegaconf.DictConfig',
  'ml_collections.ConfigDict',
  'ml_collections.config_dict.ConfigDict',
]);

const NOWHERE = { start: 0, end: 0 };

/** Their class, of which nothing has anything before it is set. */
const NAMESPACE: ClassStatement = {
  kind: 'class',
  span: NOWHERE,
  name: 'Namespace',
  nameSpan: NOWHERE,
  bases: [],
  body: [],
  decorators: [],
  broken: false,
};

const NAMED_TUPLE = 'collections.namedtuple';
/** Called with the names of the fields before what they are given. */
const NAMED_TUPLE_OF = `${NAMED_TUPLE}.__new__`;

/** `Rates = namedtuple('Rates', 'first last')`, and `Rates(lr, lr / m)`; undefined for any other function. */
export function namedTupleCall(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  if (qualified === NAMED_TUPLE) {
    const fields = args.positional[1] ?? args.named.get('field_names') ?? UNKNOWN;
    const callee: Value = { kind: 'reference', qualified: NAMED_TUPLE_OF };
    return partial(callee, { positional: [fields], named: new Map(), open: false });
  }
  if (qualified !== NAMED_TUPLE_OF) return undefined;
  const [fields = UNKNOWN, ...given] = args.positional;
  const names = namesOf(fields);
  if (names === null || given.length > names.length) return UNKNOWN;
  const made = emptyNamespace({ frame, span });
  const placed = given.map((value, index) => [names[index] ?? '', value] as const);
  const unset = names.map((name) => [name, UNKNOWN] as const);
  setAll(made, new Map([...unset, ...placed, ...args.named]), { frame, span });
  return made;
}

/** The names of fields, in one text or a list of them; null where not all are known. */
function namesOf(fields: Value): readonly string[] | null {
  if (fields.kind === 'text') return fields.text.split(/[\s,]+/).filter((name) => name !== '');
  if (fields.kind !== 'list' || fields.open) return null;
  const names = fields.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
  return names.length === fields.items.length ? names : null;
}

/** `SimpleNamespace(width=width)`, `EasyDict({'width': width})`: an object whose attributes are what it is given. */
export function namespaceCall(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  if (qualified === 'omegaconf.OmegaConf.merge') {
    return args.open || args.positional.length === 0 ? undefined : merged(args.positional, { frame, span });
  }
  if (qualified === 'omegaconf.OmegaConf.update') return updated(args, { frame, span });
  if (!NAMESPACES.has(qualified)) return undefined;
  const settings = settingsIn(args);
  if (settings !== undefined) return settings;
  const made = emptyNamespace({ frame, span });
  for (const given of everyArgument({ ...args, named: new Map() })) {
    if (given.kind === 'dict') setAll(made, given.entries, { frame, span });
  }
  setAll(made, args.named, { frame, span });
  return made;
}

/** What it is given alone where that is a setting from outside, `**config` or `config`: it has what that has. */
function settingsIn({ settings, positional, named, open }: Arguments): Value | undefined {
  const [only, ...more] = positional;
  if (named.size > 0 || more.length > 0) return undefined;
  if (only === undefined) return settings;
  return open ? undefined : (settingsFrom(only) ?? undefined);
}

/** A field of a configuration is set by its name; of a part of it, or by a name that is not known, any of those may be. */
function updated(
  { positional: [config = UNKNOWN, key = UNKNOWN, value = UNKNOWN] }: Arguments,
  { frame, span }: Pick<CallSite, 'frame' | 'span'>,
): Value {
  const [first = '', ...parts] = key.kind === 'text' ? key.text.split('.') : [];
  const now = parts.length === 0 ? value : UNKNOWN;
  for (const one of optionsOf(config)) {
    const all = one.kind === 'object' ? [...frame.heap.attributes(one.id).keys()] : [];
    const names = key.kind === 'text' ? [first] : all;
    for (const name of names)
      setAttribute(one, { name, value: key.kind === 'text' ? now : UNKNOWN, span }, frame);
  }
  return NONE;
}

/** One configuration of several, of which the later count; undefined where not all that they have is known. */
function merged(
  configs: readonly Value[],
  { frame, span }: Pick<CallSite, 'frame' | 'span'>,
): Value | undefined {
  const made = emptyNamespace({ frame, span });
  for (const config of configs) {
    const entries = entriesOf(config, frame);
    if (entries === null) return undefined;
    setAll(made, entries, { frame, span });
  }
  return made;
}

/** What a configuration has that is a dict or an object of a class here; null for any other, and where it has others in it. */
function entriesOf(config: Value, { heap }: CallSite['frame']): ReadonlyMap<string, Value> | null {
  if (config.kind !== 'dict' && config.kind !== 'object') return null;
  if (config.kind === 'dict' && config.open) return null;
  const entries =
    config.kind === 'dict'
      ? [...config.entries]
      : [...heap.attributes(config.id)].map(
          ([name, { value, perhaps }]) => [name, perhaps === true ? UNKNOWN : value] as const,
        );
  const isFlat = entries.every(([, { kind }]) => kind !== 'dict' && kind !== 'object');
  return isFlat ? new Map(entries) : null;
}

function emptyNamespace({ frame, span }: Pick<CallSite, 'frame' | 'span'>): ObjectValue {
  const id = frame.interpreter.newId();
  frame.heap.makeObject(id);
  return { kind: 'object', id, definition: NAMESPACE, span };
}

function setAll(
  made: ObjectValue,
  entries: ReadonlyMap<string, Value>,
  { frame, span }: Pick<CallSite, 'frame' | 'span'>,
): void {
  for (const [name, value] of entries) frame.heap.setAttribute(made.id, name, { value, span });
}
