import type { WidthSymbol } from '../../growth/symbol.ts';
import type { ClassStatement, Expression, FunctionStatement, Statement } from '../../syntax/ast.ts';
import { rootedNames } from '../../syntax/rooted-names.ts';
import { sameValue } from '../values/same-value.ts';
import type { Value } from '../values/value.ts';
import type { Frame, Interpreter } from './interpreter.ts';
import { scales } from './switches.ts';

/**
 * A switch of a configuration is what its class says unless it is given another value: where no code in sight gives it
 * one, it is taken to be that. One by which a model may be scaled by its width is not, nor any beside such a one, or beside
 * a number that is used as a width multiplier.
 */
export function settledFlag(value: Value, frame: Frame): Value {
  if (value.kind !== 'opaque' || value.fallback?.kind !== 'truth') return value;
  const { interpreter } = frame;
  const { symbol, fallback } = value;
  if (symbol.owner === null || isGivenAnother(symbol, fallback, interpreter)) return value;
  if (interpreter.symbols.fieldsOf(symbol.owner).some(({ name }) => scales(name))) return value;
  if (standsBesideMultiplier(symbol.name, frame)) return value;
  interpreter.trace.flags.set(symbol, fallback.value);
  return fallback;
}

function isGivenAnother(symbol: WidthSymbol, preset: Value, { flagsGiven }: Interpreter): boolean {
  return flagsGiven.get(symbol)?.some((given) => !sameValue(given, preset)) === true;
}

/**
 * Whether a number is used as a width multiplier beside the switch: it is 1 unless it is given, and its root divides what
 * weights start with.
 */
function standsBesideMultiplier(flag: string, { interpreter, module }: Frame): boolean {
  const definitions = [...definitionsOf(module), ...definitionsOf(interpreter.file)];
  const ones = definitions.flatMap((one) => {
    const presets = one.kind === 'class' ? presetsIn(one) : undefined;
    return presets?.has(flag) ? [...presets].filter(([, value]) => isOne(value)).map(([name]) => name) : [];
  });
  return ones.length > 0 && definitions.some((one) => ones.some((name) => rootedNames(one).has(name)));
}

function* definitionsOf({ globals }: Frame['module']): Iterable<ClassStatement | FunctionStatement> {
  for (const value of globals.values()) {
    if (value.kind === 'class') yield value.definition;
    if (value.kind === 'function' && value.definition.kind === 'function') yield value.definition;
  }
}

/** What a class has for its fields unless they are given, in its body or as defaults of its constructor. */
function presetsIn({ body }: ClassStatement): ReadonlyMap<string, Expression | null> {
  return new Map(body.flatMap(presetsOf));
}

function presetsOf(statement: Statement): readonly (readonly [string, Expression | null])[] {
  if (statement.kind === 'assign')
    return statement.targets.flatMap((target) =>
      target.kind === 'name' ? [[target.name, statement.value] as const] : [],
    );
  if (statement.kind !== 'function' || statement.name !== '__init__') return [];
  return statement.parameters.map(({ name, fallback }) => [name, fallback] as const);
}

function isOne(value: Expression | null): boolean {
  return value?.kind === 'number' && value.value === 1;
}
