import { itemName, type WidthSymbol } from '../../growth/symbol.ts';
import { makesChains } from '../machine/chains.ts';
import type { Frame } from '../machine/interpreter.ts';
import { list } from '../values/containers.ts';
import { named } from '../values/named.ts';
import type { FunctionValue, ListValue, Value } from '../values/value.ts';
import { isNoSize } from './instantiate.ts';

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
  const ahead: unknown[] = [code];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if (isWriteOf(node as Node, name)) return false;
    ahead.push(...Object.values(node));
  }
  return true;
}

interface Node {
  readonly kind?: string;
  readonly object?: { readonly kind: string; readonly name?: string };
  readonly target?: Node;
  readonly targets?: readonly Node[];
  readonly name?: string;
}

function isWriteOf({ kind, object, target, targets }: Node, name: string): boolean {
  if (kind === 'attribute') return isName(object, name);
  if (kind === 'augmented') return isName(target, name) || isName(target?.object, name);
  return kind === 'assign' && (targets ?? []).some((one) => isName(one.object, name));
}

function isName(node: Node | undefined, name: string): boolean {
  return node?.kind === 'name' && node.name === name;
}
