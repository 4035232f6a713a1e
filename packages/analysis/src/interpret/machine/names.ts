import type { WidthSymbol } from '../../growth/symbol.ts';
import type { ClassStatement, Expression, Parameter } from '../../syntax/ast.ts';
import { named } from '../values/named.ts';
import {
  type FunctionValue,
  type OpaqueValue,
  UNKNOWN,
  type UnknownValue,
  type Value,
} from '../values/value.ts';
import type { CallSite, Frame } from './interpreter.ts';
import { classesOfParameter, classOfParameter, type WithParameters } from './parameter-class.ts';

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

/** A name of which nothing is known but what it is called. */
export function unknownName(name: string, { interpreter, module }: Frame): Value {
  return { kind: 'unknown', symbol: interpreter.symbols.of(module.symbol, name) };
}

/** Who has a parameter, what other parameters there are, and what is done with them. */
export interface Signature extends WithParameters {
  readonly scope: WidthSymbol;
  /** The class that it has where the code annotates it with none. */
  readonly otherwise?: ClassStatement | undefined;
}

/** A parameter that is annotated with a class, or that a dict is made one of, is known by that class: `GPTConfig.n_embd`. */
export function opaqueParameter(
  parameter: Parameter,
  { scope, otherwise, ...all }: Signature,
  { interpreter }: Frame,
): OpaqueValue {
  const { name } = parameter;
  const { symbols, annotated } = interpreter;
  const known = classOfParameter(parameter, all, interpreter);
  const definition = known?.kind === 'class' ? known.definition : otherwise;
  if (definition === undefined) {
    const symbol = symbols.of(scope, name);
    const several = classesOfParameter(parameter, interpreter);
    if (several.length > 0) interpreter.annotatedAny.set(symbol, several);
    return { kind: 'opaque', symbol, fallback: null };
  }
  const symbol = symbols.ofDefinition(definition);
  annotated.set(symbol, definition);
  const isOneOfSeveral = all.parameters.some((one) => {
    const other = one === parameter ? null : classOfParameter(one, all, interpreter);
    return other?.kind === 'class' && other.definition === definition;
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
  { definition, ...all }: WithParameters & { readonly definition: ClassStatement },
  frame: Frame,
): OpaqueValue {
  const { interpreter } = frame;
  const scope = interpreter.symbols.ofDefinition(definition);
  const otherwise = interpreter.libraries.classOfSetting(parameter, definition, interpreter);
  const opaque = opaqueParameter(parameter, { scope, otherwise, ...all }, frame);
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

/** What Gym's environments call the spaces of what they show and take: how large these are, no network decides. */
const SPACES: ReadonlySet<string> = new Set(
  'observation_space action_space single_observation_space single_action_space'.split(' '),
);

/** Whether a name belongs to such a space. */
export function isOfSpace({ name, owner }: WidthSymbol): boolean {
  return SPACES.has(name) || (owner !== null && isOfSpace(owner));
}

/** A field of what is made of numbers, unread, may be any of them and grow as they do. */
export function fieldOfUnknown({ symbol, from }: UnknownValue, name: string, frame: Frame): Value {
  if (PROCESSES.has(name) || SPACES.has(name))
    return { kind: 'opaque', symbol: frame.interpreter.symbols.of(symbol, name), fallback: null };
  if (symbol === null) return UNKNOWN;
  const field = fieldOf(symbol, name, frame);
  return from === undefined || field.kind !== 'opaque'
    ? field
    : { kind: 'unknown', symbol: field.symbol, from };
}

/** What a parser of the command line gives has a name where it is handed on before it got one: `train(parser.parse_args())`. */
export function handedOn(
  name: string,
  value: Value,
  { inner: { interpreter, scope }, site }: { readonly inner: Frame; readonly site: Pick<CallSite, 'span'> },
): Value {
  if (value.kind !== 'unknown' || value.isNamespace !== true) return value;
  return named(value, () => interpreter.symbols.of(scope, name, site.span.start));
}
