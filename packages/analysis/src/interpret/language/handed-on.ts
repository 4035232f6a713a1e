import { pathOf, type WidthSymbol } from '../../growth/symbol.ts';
import type { ClassStatement, FunctionStatement, Parameter } from '../../syntax/ast.ts';
import { handsOverOwn, leavesOwn, spreadsSome } from '../../syntax/hands-over-own.ts';
import { lineage, methodsOf } from '../machine/classes.ts';
import type { Arguments, HandedOn } from '../machine/given-arguments.ts';
import type { Frame } from '../machine/interpreter.ts';
import { settingParameter } from '../machine/names.ts';
import type { FunctionValue, ObjectValue, OpaqueValue, Value } from '../values/value.ts';
import { leftAt } from './left-settings.ts';

/** One call of a function with what it may be given beside what is spelled out. */
interface OpenCall {
  readonly callee: FunctionValue;
  readonly given: Arguments;
  readonly self: Value | undefined;
}

/**
 * What a model's class hands to the constructor of its base, or of a part, without naming it, as its own **kwargs that
 * nothing changed, are settings of that class.
 */
export function addSettings(bound: Map<string, Value>, call: OpenCall, frame: Frame): void {
  const {
    callee: { definition, owner },
    given,
  } = call;
  if (owner === null || definition.kind === 'lambda' || definition.name !== '__init__') return;
  const { handedOn } = given;
  if (handedOn === undefined && !isOfBase(call, frame)) return;
  const { parameters, body } = definition;
  if (handedOn !== undefined) addCollected(bound, { definition, owner, handedOn }, frame);
  for (const [at, parameter] of parameters.entries()) {
    const { name, collects } = parameter;
    if (collects !== null || given.named.has(name) || at < given.positional.length) continue;
    const setting = settingParameter(parameter, { definition: owner, parameters, body }, frame);
    bound.set(name, settingHandedOn(setting, { parameter, handedOn }, frame));
    handedOn?.asked.push({ name, place: at - given.positional.length, symbol: setting.symbol });
  }
}

/** A setting that is handed on by a name, with its default; where that is left, it is that. */
function settingHandedOn(
  setting: OpaqueValue,
  { parameter, handedOn }: { readonly parameter: Parameter; readonly handedOn: HandedOn | undefined },
  frame: Frame,
): Value {
  const fallback = defaultOf(parameter, frame);
  const isLeft = fallback !== null && handedOn?.left?.isLeft(parameter.name, fallback) === true;
  const whereLeft = isLeft ? leftAt(fallback, setting, frame) : undefined;
  return whereLeft ?? { ...setting, fallback };
}

interface Collecting {
  readonly definition: FunctionStatement;
  readonly owner: ClassStatement;
  readonly handedOn: HandedOn;
}

/** What *args and **kwargs of a model's constructor collect: settings of the model, which it may hand on as they are. */
function addCollected(
  bound: Map<string, Value>,
  { definition, owner, handedOn }: Collecting,
  frame: Frame,
): void {
  const isKept = leavesOwn(definition);
  const isLeft = isAllNamed(bound, { definition, handedOn });
  for (const { name, collects } of definition.parameters) {
    const collected = collects === null ? undefined : bound.get(name);
    const value = withSettings(collected, { owner, handedOn, isLeft }, frame);
    if (value === undefined) continue;
    bound.set(name, value);
    if (isKept) frame.interpreter.collected.set(value, handedOn);
  }
}

/** Whether *args and **kwargs go no further than into a constructor, and are taken to have nothing but what has a name there. */
function isAllNamed(
  bound: ReadonlyMap<string, Value>,
  { definition, handedOn }: Pick<Collecting, 'definition' | 'handedOn'>,
): boolean {
  if (handedOn.left === null || spreadsSome(definition)) return false;
  const names = definition.parameters.flatMap(({ name, collects }) => {
    const collected = collects === null ? undefined : bound.get(name);
    return collected?.kind === 'dict' ? [...collected.entries.keys()] : [name];
  });
  return handedOn.left.isAll(new Set([...names, ...handedOn.asked.map(({ name }) => name)]));
}

/** What **kwargs collect for a model: it is made with whatever it asks of them. */
function withSettings(
  collected: Value | undefined,
  { owner, handedOn, isLeft }: Pick<Collecting, 'owner' | 'handedOn'> & { readonly isLeft: boolean },
  { interpreter: { symbols } }: Frame,
): Value | undefined {
  if (collected?.kind !== 'dict' || !collected.open) return collected;
  const note = (name: string, symbol: WidthSymbol) => handedOn.asked.push({ name, place: NO_PLACE, symbol });
  const asked = { owner: symbols.ofDefinition(owner), note };
  return { ...collected, ...(isLeft && { open: false }), asked };
}

/** Of what is asked by its name alone. */
const NO_PLACE = -1;

/** What a call that makes a model gives it that it hands on, by names that no parameter of its own has. */
export function givenOn(
  handedOn: HandedOn,
  parameters: readonly Parameter[],
  bound: ReadonlyMap<string, Value>,
): readonly { readonly key: string; readonly symbol: WidthSymbol; readonly value: Value }[] {
  const collected = (how: Parameter['collects']) =>
    bound.get(parameters.find(({ collects }) => collects === how)?.name ?? '');
  const [items, entries] = [collected('positional'), collected('named')];
  return handedOn.asked.flatMap(({ name, place, symbol }) => {
    const value =
      (entries?.kind === 'dict' ? entries.entries.get(name) : undefined) ??
      (items?.kind === 'list' ? items.items[place] : undefined);
    return value === undefined ? [] : [{ key: pathOf(symbol).join('.'), symbol, value }];
  });
}

function defaultOf(parameter: Parameter, frame: Frame): Value | null {
  return parameter.fallback && frame.elsewhere(parameter).evaluate(parameter.fallback);
}

/** Whether the constructor of a base of a model is called, with nothing but what whoever makes the model gives it. */
function isOfBase({ callee: { owner }, self }: OpenCall, frame: Frame): boolean {
  if (self?.kind !== 'object') return false;
  return self.definition !== owner && frame.interpreter.models.has(self.id) && handsOnToBase(self, frame);
}

/** Whether each constructor of a model that runs now hands on what itself was given, so that whoever makes the model gives it. */
function handsOnToBase({ definition }: ObjectValue, { stack, interpreter }: Frame): boolean {
  const own = new Set<object>(lineage(interpreter, definition).flatMap((one) => methodsOf(one)));
  const running = stack.slice(stack.findIndex((one) => own.has(one)));
  return running.every((one) => one.kind === 'function' && own.has(one) && handsOverOwn(one));
}
