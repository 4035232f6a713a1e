import type { WidthSymbol } from '../../growth/symbol.ts';
import type { FunctionStatement } from '../../syntax/ast.ts';
import { callsWithNames, type NameGiven } from '../../syntax/calls-with-names.ts';
import { multipliedNames } from '../../syntax/multiplied-names.ts';
import { boundBy } from '../../syntax/own-names.ts';
import { blocksBesideDefinitions, statementsIn } from '../../syntax/statements-in.ts';
import { bindParameters } from '../machine/arguments.ts';
import type { Arguments } from '../machine/given-arguments.ts';
import type { Frame } from '../machine/interpreter.ts';
import { type OpaqueValue, UNKNOWN, type Value } from '../values/value.ts';

/** Notes which parameters of a constructor it multiplies, or makes a layer of as they are: these are no functions. */
export function noteNumbers(
  init: FunctionStatement,
  known: ReadonlyMap<string, WidthSymbol>,
  frame: Frame,
): void {
  const names = [...multipliedNames(init.body), ...sizesOfLayers(init, known, frame)];
  for (const name of names) {
    const symbol = known.get(name);
    if (symbol !== undefined) frame.interpreter.numbers.add(symbol);
  }
}

/** Notes the settings that a constructor is given as they are for what it multiplies, or makes a layer of. */
export function noteGivenNumbers(init: FunctionStatement, args: Arguments, frame: Frame): void {
  const { numbers } = frame.interpreter;
  const isNew = (value: Value): value is OpaqueValue => value.kind === 'opaque' && !numbers.has(value.symbol);
  if (![...args.positional, ...args.named.values()].some(isNew)) return;
  const given = bindParameters(init.parameters.slice(1), args, () => UNKNOWN);
  const known = new Map<string, WidthSymbol>();
  for (const [name, value] of given) if (isNew(value)) known.set(name, value.symbol);
  noteNumbers(init, known, frame);
}

/** The parameters that no statement gives another value, and without which a layer that the constructor makes cannot be. */
function sizesOfLayers(
  init: FunctionStatement,
  known: ReadonlyMap<string, WidthSymbol>,
  frame: Frame,
): readonly string[] {
  const calls = callsWithNames(init.body).filter(({ given }) => given.some(({ name }) => known.has(name)));
  if (calls.length === 0) return [];
  const again = new Set(statementsIn(init.body, blocksBesideDefinitions).flatMap(boundBy));
  const here = frame.elsewhere(init);
  const { needed } = frame.interpreter.libraries;
  return calls.flatMap(({ callee, root, given }) => {
    const names = given.filter(({ name }) => known.has(name) && !again.has(name));
    if (names.length === 0 || known.has(root) || again.has(root)) return [];
    const called = here.evaluate(callee);
    if (called.kind !== 'reference') return [];
    const sizes = needed(called.qualified);
    const isSize = ({ at }: NameGiven) => (typeof at === 'number' ? at < sizes.length : sizes.includes(at));
    return names.filter(isSize).map(({ name }) => name);
  });
}
