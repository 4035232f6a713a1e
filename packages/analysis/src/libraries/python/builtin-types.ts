import type { Quantity } from '../../growth/quantity.ts';
import type { Value } from '../../interpret/values/value.ts';

/** Whether a value is an instance of a class that is built in, as far as its kind says. */
export function isBuiltinInstance(value: Value, qualified: string): boolean | null {
  return isOfAny(value, [qualified]);
}

/** Whether a value is an instance of any of some classes that are built in; null where one of them is none of those. */
export function isOfAny(value: Value, asked: readonly string[]): boolean | null {
  const types = typesOf(value);
  const families = asked.map((qualified) => FAMILIES.get(qualified));
  const known = families.flatMap((one) => one ?? []);
  if (types === null || families.includes(undefined)) return null;
  if (
    !types.every((type) => BUILT_IN.has(type)) &&
    !asked.every((qualified) => qualified.startsWith('builtins.'))
  )
    return null;
  const answers = new Set(types.map((type) => known.includes(type)));
  return answers.size === 1 ? answers.has(true) : null;
}

const CLASSES: readonly string[] = 'int float bool str dict list tuple set'.split(' ');

/** Types of which no class is an instance. */
export const BUILT_IN_TYPES: ReadonlySet<string> = new Set(CLASSES.map((name) => `builtins.${name}`));

/** Classes of which it is known what can be gone through. */
const BUILT_IN: ReadonlySet<string> = new Set([...CLASSES, 'NoneType']);

const SEQUENCES = ['list', 'tuple', 'str'];

/** The kinds of values that are instances of each class that is built in, or of what the library has over them. */
const FAMILIES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...CLASSES.map((name): [string, readonly string[]] => [`builtins.${name}`, [name]]),
  ['builtins.int', ['int', 'bool']],
  ...['collections.abc', 'typing'].flatMap((module): [string, readonly string[]][] => [
    [`${module}.Sequence`, SEQUENCES],
    [`${module}.Iterable`, [...SEQUENCES, 'set', 'dict']],
    [`${module}.Mapping`, ['dict']],
  ]),
]);

/** The classes that the value may be an instance of; null where it may be of any. */
function typesOf(value: Value): readonly string[] | null {
  switch (value.kind) {
    case 'number':
      return numberTypes(value.quantity);
    case 'text':
      return ['str'];
    case 'truth':
      return ['bool'];
    case 'none':
      return ['NoneType'];
    case 'dict':
      return ['dict'];
    case 'list':
      return value.tuple === true ? ['tuple'] : ['list', 'tuple', 'set'];
    case 'opaque':
      return value.isOfKind === true && value.fallback !== null ? kindsOf(value.fallback) : null;
    case 'layer':
    case 'parameter':
    case 'tensor':
    case 'function':
    case 'class':
    case 'optimizer':
      return [value.kind];
    default:
      return null;
  }
}

/** The classes that a setting may have that is of the kind of its default, whatever number or list that is. */
function kindsOf(fallback: Value): readonly string[] | null {
  if (fallback.kind === 'list') return ['list', 'tuple'];
  return fallback.kind === 'number' ? ['int', 'float'] : null;
}

/** What the code computes may be a float although it is whole. */
function numberTypes(quantity: Quantity): readonly string[] {
  if (quantity.op === 'symbol' && quantity.value !== null) return numberTypes(quantity.value);
  if (quantity.op !== 'literal') return ['int', 'float'];
  return INTEGER.test(quantity.text) ? ['int'] : ['float'];
}

const INTEGER = /^(?:[\d_]+|0[xob][\da-f_]+)$/i;
