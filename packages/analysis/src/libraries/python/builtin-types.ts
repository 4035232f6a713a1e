import type { Quantity } from '../../growth/quantity.ts';
import type { Value } from '../../interpret/values/value.ts';

/** Whether a value is an instance of a class that is built in, as far as its kind says. */
export function isBuiltinInstance(value: Value, qualified: string): boolean | null {
  const types = typesOf(value);
  const name = qualified.replace('builtins.', '');
  if (types === null || !KNOWN.has(name)) return null;
  const answers = new Set(types.map((type) => type === name || (type === 'bool' && name === 'int')));
  return answers.size === 1 ? answers.has(true) : null;
}

const KNOWN: ReadonlySet<string> = new Set(['int', 'float', 'bool', 'str', 'dict', 'list', 'tuple', 'set']);

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

/** What the code computes may be a float although it is whole. */
function numberTypes(quantity: Quantity): readonly string[] {
  if (quantity.op === 'symbol' && quantity.value !== null) return numberTypes(quantity.value);
  if (quantity.op !== 'literal') return ['int', 'float'];
  return INTEGER.test(quantity.text) ? ['int'] : ['float'];
}

const INTEGER = /^(?:[\d_]+|0[xob][\da-f_]+)$/i;
