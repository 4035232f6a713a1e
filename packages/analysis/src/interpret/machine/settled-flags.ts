import { literal } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { ClassStatement, Expression, FunctionStatement, Statement } from '../../syntax/ast.ts';
import { rootedNames } from '../../syntax/rooted-names.ts';
import { exactInteger } from '../values/numbers.ts';
import { sameValue } from '../values/same-value.ts';
import { number, type Value } from '../values/value.ts';
import { lineage } from './classes.ts';
import type { Frame, Interpreter } from './interpreter.ts';
import { scales } from './switches.ts';

/**
 * A switch of a configuration is what its class says unless it is given another value: where no code in sight gives it
 * one, it is taken to be that. One by which a model may be scaled by its width is not, nor any beside such a one, or beside
 * a number that is used as a width multiplier.
 */
export function settledFlag(value: Value, frame: Frame): Value {
  if (value.kind !== 'opaque') return value;
  const { symbol, fallback } = value;
  if (fallback?.kind === 'text' || fallback?.kind === 'number') frame.interpreter.choices.add(symbol);
  return fallback?.kind === 'truth' ? (settledAs(symbol, fallback, frame) ?? value) : value;
}

/**
 * What a setting of a configuration is that is held against a text, or against a number where it is 0 or 1 unless it is given
 * another: it chooses as a switch does. Undefined for any other, and where one of the texts tells of a scaling by width.
 */
export function settledChoice(value: Value, against: Value, frame: Frame): Value | undefined {
  if (value.kind !== 'opaque' || isOfOwnClass(value.symbol, frame)) return undefined;
  const { symbol, fallback } = value;
  const others = against.kind === 'list' && !against.open ? against.items : [against];
  if (fallback?.kind === 'text') {
    const isChoice = frame.interpreter.choices.has(symbol) && others.every(({ kind }) => kind === 'text');
    const isScaling = [fallback, ...others].some((one) => one.kind === 'text' && scales(one.text));
    return isChoice && !isScaling ? settledAs(symbol, fallback, frame) : undefined;
  }
  const counted = countedField(symbol, frame.interpreter);
  const isSwitch = counted?.preset === 0 || counted?.preset === 1;
  return isSwitch && others.every((one) => exactInteger(one) !== undefined)
    ? settledAs(counted.symbol, number(literal(counted.preset)), frame)
    : undefined;
}

/** Whether the class of a configuration asks for its own field, to compute what that is: `if self.rank == 'auto'`. */
function isOfOwnClass({ owner }: WidthSymbol, { scope }: Frame): boolean {
  return owner !== null && (scope === owner || scope?.owner === owner);
}

/** The field of a class that a field of something annotated with it is, and the number that it is unless it is given another. */
function countedField(
  field: WidthSymbol,
  { annotated, symbols, presets, choices }: Interpreter,
): { readonly symbol: WidthSymbol; readonly preset: number } | undefined {
  const definition = field.owner === null ? undefined : annotated.get(field.owner);
  if (definition === undefined && !choices.has(field)) return undefined;
  const symbol = definition === undefined ? field : symbols.of(symbols.ofDefinition(definition), field.name);
  const preset = presets.get(symbol);
  return preset === undefined ? undefined : { symbol, preset };
}

/** What a setting is unless it is given another value; undefined where it is, or may be what scales a model. */
function settledAs(symbol: WidthSymbol, preset: Value, frame: Frame): Value | undefined {
  const { interpreter } = frame;
  if (symbol.owner === null || isGivenAnother(symbol, preset, interpreter)) return undefined;
  if (isOtherOfHeirs(symbol, preset, frame)) return undefined;
  if (interpreter.symbols.fieldsOf(symbol.owner).some(({ name }) => scales(name))) return undefined;
  if (standsBesideMultiplier(symbol.name, frame)) return undefined;
  interpreter.trace.flags.set(symbol, preset);
  return preset;
}

function isGivenAnother(symbol: WidthSymbol, preset: Value, { flagsGiven }: Interpreter): boolean {
  return flagsGiven.get(symbol)?.some((given) => !sameValue(given, preset)) === true;
}

/** Whether a class that inherits from the configuration's says otherwise: a model may be made with one of that. */
function isOtherOfHeirs({ owner, name }: WidthSymbol, preset: Value, frame: Frame): boolean {
  const { interpreter, module } = frame;
  const classes = [...definitionsOf(module), ...definitionsOf(interpreter.file)].filter(
    (one) => one.kind === 'class',
  );
  return classes.some((one) => {
    const written = presetsIn(one).get(name);
    if (written == null) return false;
    const [, ...bases] = lineage(interpreter, one);
    const isHeir = bases.some((base) => interpreter.symbols.ofDefinition(base) === owner);
    return isHeir && !sameValue(frame.elsewhere(written).evaluate(written), preset);
  });
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
