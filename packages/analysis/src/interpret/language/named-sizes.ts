import { itemName, type WidthSymbol } from '../../growth/symbol.ts';
import { isNamed } from '../../syntax/is-named.ts';
import { type Node, nodesFrom } from '../../syntax/nodes-in.ts';
import { writtenIn } from '../../syntax/writes.ts';
import { makesChains } from '../machine/chains.ts';
import type { Frame } from '../machine/interpreter.ts';
import { list } from '../values/containers.ts';
import { named } from '../values/named.ts';
import type { FunctionValue, ListValue, Value } from '../values/value.ts';
import { isNoSize } from './left-settings.ts';

/** Whether a function makes a chain of layers that no class defines: its parameters are what sizes of that go by. */
export function namesSizes({ definition, receiver }: FunctionValue, { building }: Frame): boolean {
  return !building && receiver === null && definition.kind === 'function' && makesChains(definition);
}

/** What such a function is given, by the names of its parameters; the sizes in a list go by places, `sizes[1]`. */
export function namedBy(
  name: string,
  value: Value,
  { callee, frame }: { readonly callee: FunctionValue; readonly frame: Frame },
): Value {
  const symbol = () => frame.interpreter.symbols.of(frame.scope, name);
  if (value.kind !== 'list') return named(value, symbol);
  const isLeft = value.tuple === true || isOnlyRead(callee.definition.body, name);
  return isLeft ? withNamedItems(value, symbol(), frame) : value;
}

function withNamedItems(given: ListValue, symbol: WidthSymbol, { interpreter: { symbols } }: Frame): Value {
  const { items, open, order, tuple } = given;
  if (open || order !== undefined || !items.some(isSize)) return given;
  const each = items.map((item, at) =>
    isSize(item) ? named(item, () => symbols.of(symbol, itemName(symbol, at))) : item,
  );
  return list(each, false, tuple);
}

function isSize(value: Value): boolean {
  return value.kind === 'number' && !isNoSize(value);
}

/** Whether no line calls a method of a list or writes into it: whoever made it has the same list. */
function isOnlyRead(code: object, name: string): boolean {
  return !nodesFrom(code).some((node) => mayChange(node, name));
}

function mayChange(node: Node, name: string): boolean {
  switch (node.kind) {
    case 'attribute':
      return isNamed(node.object, name);
    case 'assign':
    case 'augmented':
    case 'loop':
      return writtenIn(node).some(({ path }) => path[0] === name);
    default:
      return false;
  }
}
