import { literal, pair, type Quantity, sameQuantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { ClassStatement } from '../../syntax/ast.ts';
import { quantityOf } from '../values/numbers.ts';
import { sameValue } from '../values/same-value.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
import { isModuleClass, lineage } from './classes.ts';
import type { Frame, Interpreter } from './interpreter.ts';
import { noteSwitched } from './switches.ts';

/** A setting is given no more different values by code that people write. */
const MOST_GIVEN = 64;

const LEFT: Quantity = literal(1);

/** Notes what an instance of a configuration class gives one of its settings, or leaves at what it is. */
export function noteSetting(symbol: WidthSymbol, given: Value | undefined, interpreter: Interpreter): void {
  const { settingsGiven } = interpreter;
  if (given !== undefined) noteFlag(symbol, given, interpreter);
  const quantity = given === undefined ? LEFT : givenQuantity(given);
  const before = settingsGiven.get(symbol) ?? [];
  if (before.some((one) => sameQuantity(one, quantity))) return;
  settingsGiven.set(symbol, before.length < MOST_GIVEN ? [...before, quantity] : [UNKNOWN_QUANTITY]);
}

/**
 * Notes that a field of a configuration gets another value once that is made, or that all of a class do: `config.kind = 'b'`.
 * What a class gives its own fields of what it is handed is these themselves.
 */
export function noteFieldSet(
  owner: Value,
  { name, value }: { readonly name: string; readonly value: Value },
  { interpreter, selves }: Frame,
): void {
  const definition = classOf(owner, interpreter);
  if (definition === undefined || isModuleClass(interpreter, definition)) return;
  const isOwn = selves.includes(definition) && value.kind === 'opaque';
  const isBeingMade = owner.kind === 'class' && interpreter.madeClasses.beingMade.has(definition);
  if (!isOwn && !isBeingMade) noteFieldOf(definition, { name, value }, interpreter);
}

/** Notes what a field of a class is given, which is one of its bases, too. */
export function noteFieldOf(
  definition: ClassStatement,
  { name, value }: { readonly name: string; readonly value: Value },
  interpreter: Interpreter,
): void {
  const { symbols } = interpreter;
  for (const one of lineage(interpreter, definition))
    noteFlag(symbols.of(symbols.ofDefinition(one), name), value, interpreter);
}

function classOf(owner: Value, { annotated }: Interpreter): ClassStatement | undefined {
  if (owner.kind === 'object' || owner.kind === 'class') return owner.definition;
  return owner.kind === 'opaque' ? annotated.get(owner.symbol) : undefined;
}

function noteFlag(symbol: WidthSymbol, given: Value, { flagsGiven }: Interpreter): void {
  const before = flagsGiven.get(symbol) ?? [];
  if (before.includes(given) || before.some((one) => sameValue(one, given))) return;
  flagsGiven.set(symbol, before.length < MOST_GIVEN ? [...before, given] : [UNKNOWN]);
}

/** What comes from outside, unread, is a setting as any; what is computed of that may be anything. */
function givenQuantity(value: Value): Quantity {
  switch (value.kind) {
    case 'number':
    case 'opaque':
      return quantityOf(value);
    case 'either':
      return value.options.map(givenQuantity).reduce((left, right) => pair('either', left, right));
    case 'unknown':
      return value.from === undefined ? LEFT : UNKNOWN_QUANTITY;
    default:
      return LEFT;
  }
}

/** Notes that something from outside has a field that is given another value, or gets one. */
export function noteField(
  owner: Value,
  { name, value }: { readonly name: string; readonly value: Value },
  interpreter: Interpreter,
): void {
  if (owner.kind !== 'opaque' && owner.kind !== 'unknown') return;
  noteSwitched(name, interpreter);
  if (owner.symbol === null) return;
  const wasRead = interpreter.symbols.fieldsOf(owner.symbol).some((field) => field.name === name);
  const field = interpreter.symbols.of(owner.symbol, name);
  if (wasRead && !interpreter.settingsGiven.has(field)) noteSetting(field, undefined, interpreter);
  noteSetting(field, value, interpreter);
}
