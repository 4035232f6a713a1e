import type { WidthSymbol } from '../../growth/symbol.ts';
import type { ClassStatement, Expression, Parameter } from '../../syntax/ast.ts';
import { isNone } from '../../syntax/is-none.ts';
import {
  type FunctionValue,
  type OpaqueValue,
  UNKNOWN,
  type UnknownValue,
  type Value,
} from '../values/value.ts';
import { moduleFrame } from './classes.ts';
import type { Frame, Interpreter } from './interpreter.ts';
import type { ModuleScope } from './module-scope.ts';

/** What owns the names of a function: a constructor's are its class's. */
export function scopeOf(
  { definition, owner }: FunctionValue,
  { interpreter: { symbols } }: Frame,
): WidthSymbol {
  const of = owner === null ? null : symbols.ofDefinition(owner);
  if (definition.kind === 'lambda') return symbols.of(of, 'lambda');
  if (of === null) return symbols.ofDefinition(definition);
  return definition.name === '__init__' ? of : symbols.of(of, definition.name);
}

/** What a module has under a name. */
export function nameIn(module: ModuleScope, name: string, { imports }: Interpreter): Value | undefined {
  return module.globals.get(name) ?? imports?.nameIn(module, name);
}

/** A name of which nothing is known but what it is called. */
export function unknownName(name: string, { interpreter, module }: Frame): Value {
  return { kind: 'unknown', symbol: interpreter.symbols.of(module.symbol, name) };
}

/** What an annotation says a value is where it is not None: `Config` of `Config | None` and `Optional[Config]`. */
function withoutNone(annotation: Expression): Expression {
  if (annotation.kind === 'binary' && annotation.operator === '|') {
    const { left, right } = annotation;
    return isNone(right) ? left : isNone(left) ? right : annotation;
  }
  const { of, given } = genericType(annotation);
  const name = of?.kind === 'attribute' ? of.attribute : of?.kind === 'name' ? of.name : null;
  return name === 'Optional' && given != null ? given : annotation;
}

/** `Optional` and `Config` of `Optional[Config]`, which the grammar takes for a subscript only behind a dot. */
function genericType(annotation: Expression): {
  readonly of?: Expression;
  readonly given?: Expression | null;
} {
  if (annotation.kind === 'subscript') return { of: annotation.object, given: annotation.index };
  if (annotation.kind !== 'unknown') return {};
  const [of, list, ...others] = annotation.parts;
  if (of === undefined || list?.kind !== 'unknown' || others.length > 0) return {};
  const [given = null, ...more] = list.parts;
  return { of, given: more.length === 0 ? given : null };
}

/** The class that an annotation names, also where it is written as a text or may be None. */
export function annotatedClass(written: Expression, interpreter: Interpreter): Value | undefined {
  const annotation = withoutNone(written);
  const module = interpreter.moduleOf(annotation);
  if (annotation.kind === 'name' || annotation.kind === 'attribute') {
    return moduleFrame(interpreter, module).evaluate(annotation);
  }
  const text = annotation.kind === 'text' ? annotation.value : null;
  return text === null ? undefined : nameIn(module, text, interpreter);
}

/** Who has a parameter, and what other parameters there are. */
export interface Signature {
  readonly scope: WidthSymbol;
  readonly parameters: readonly Parameter[];
}

/** A parameter that is annotated with a class is known by that class: `GPTConfig.n_embd`. */
export function opaqueParameter(
  parameter: Parameter,
  { scope, parameters }: Signature,
  { interpreter }: Frame,
): OpaqueValue {
  const { name } = parameter;
  const { symbols, annotated } = interpreter;
  const classOf = (one: Parameter) => one.annotation && annotatedClass(one.annotation, interpreter);
  const known = classOf(parameter);
  if (known?.kind !== 'class') return { kind: 'opaque', symbol: symbols.of(scope, name), fallback: null };
  const symbol = symbols.ofDefinition(known.definition);
  annotated.set(symbol, known.definition);
  const isOneOfSeveral = parameters.some((one) => {
    const other = one === parameter ? null : classOf(one);
    return other?.kind === 'class' && other.definition === known.definition;
  });
  return { kind: 'opaque', symbol, fallback: null, ...(isOneOfSeveral && { holders: new Set([parameter]) }) };
}

/** Notes the number that a name stands for unless it is given another, where the code spells one out. */
export function notePreset(symbol: WidthSymbol, written: Expression, { interpreter }: Frame): void {
  if (written.kind === 'number') interpreter.presets.set(symbol, written.value);
}

/**
 * Notes what a field is given that is None unless it is given; of several kinds of values none is known. What comes
 * from outside, as the settings in a checkpoint, is not what the code makes.
 */
export function noteGiven(symbol: WidthSymbol, value: Value, { interpreter: { given } }: Frame): void {
  if (value.kind === 'none' || value.kind === 'unknown') return;
  const before = given.get(symbol);
  given.set(symbol, before === undefined || before.kind === value.kind ? value : UNKNOWN);
}

/** A parameter of a class's constructor, with the number that it is unless it is given another. */
export function settingParameter(
  parameter: Parameter,
  {
    definition,
    parameters,
  }: { readonly definition: ClassStatement; readonly parameters: readonly Parameter[] },
  frame: Frame,
): OpaqueValue {
  const scope = frame.interpreter.symbols.ofDefinition(definition);
  const opaque = opaqueParameter(parameter, { scope, parameters }, frame);
  if (parameter.fallback !== null) notePreset(opaque.symbol, parameter.fallback, frame);
  return opaque;
}

/** Fields of fields go no deeper than this in code that people write; of one further down nothing is known. */
const MAX_FIELDS = 32;

function depthOf(symbol: WidthSymbol): number {
  let depth = 0;
  for (let { owner } = symbol; owner !== null && depth <= MAX_FIELDS; { owner } = owner) depth++;
  return depth;
}

/** An attribute or item of something from outside. */
export function fieldOf(owner: WidthSymbol, name: string, { interpreter }: Frame): Value {
  if (depthOf(owner) > MAX_FIELDS || interpreter.computedDefaults.has(name)) return UNKNOWN;
  return { kind: 'opaque', symbol: interpreter.symbols.of(owner, name), fallback: null };
}

/** How many processes train, and which of them one is, whatever tells of it. */
const PROCESSES: ReadonlySet<string> = new Set(
  'world_size rank local_rank global_rank node_rank num_processes process_index'.split(' '),
);

/** A field of what is made of numbers, unread, may be any of them and grow as they do. */
export function fieldOfUnknown({ symbol, from }: UnknownValue, name: string, frame: Frame): Value {
  if (PROCESSES.has(name))
    return { kind: 'opaque', symbol: frame.interpreter.symbols.of(symbol, name), fallback: null };
  if (symbol === null) return UNKNOWN;
  const field = fieldOf(symbol, name, frame);
  return from === undefined || field.kind !== 'opaque'
    ? field
    : { kind: 'unknown', symbol: field.symbol, from };
}
