import { isPartOfModel } from '../interpret/language/instantiate.ts';
import { isNoSize, isOther } from '../interpret/language/left-settings.ts';
import { isModuleClass, moduleFrame } from '../interpret/machine/classes.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import type { Construction } from '../interpret/machine/run-trace.ts';
import { textMeant } from '../interpret/machine/switches.ts';
import { optionsOf } from '../interpret/values/either.ts';
import { type ObjectValue, text, UNKNOWN, type Value } from '../interpret/values/value.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { Instance, Presets } from './model-run.ts';
import type { Run } from './run-module.ts';

/** Whether what chooses among ways is left at its default, as far as the calls tell: none gives surely another. */
export function isLeft(preset: Value, name: string, made: readonly Instance[]): boolean {
  const isGiven = ({ bound, left }: Instance) =>
    !left.has(name) && optionsOf(bound?.get(name) ?? preset).some((option) => isOther(option, preset));
  return isNoSize(preset) && !made.some(isGiven);
}

/**
 * Whether a setting is of the kind that its default has, or a number where it has none: of a number or a list, no call gives
 * what is known to be another, or what is not known at all.
 */
export function isOfKind(preset: Value | null, name: string, made: readonly Instance[]): boolean {
  const kind = preset?.kind ?? 'number';
  const isAlike = (given: Value) =>
    given.kind === kind || (given.kind === 'opaque' && isAlikeByDefault(given.fallback));
  const isAlikeByDefault = (fallback: Value | null) => fallback === null || fallback.kind === kind;
  if (kind !== 'number' && kind !== 'list') return false;
  return made.every(
    ({ bound, left }) => left.has(name) || optionsOf(bound?.get(name) ?? UNKNOWN).every(isAlike),
  );
}

/** The name that all calls give, by which the model looks up what it is made of; the first one where they differ. */
export function givenInstead(
  preset: Value,
  {
    name,
    made,
    interpreter,
  }: { readonly name: string; readonly made: readonly Instance[]; readonly interpreter: Interpreter },
): Value | undefined {
  if (preset.kind !== 'text') return undefined;
  const given = made.map(({ bound, left }) => {
    const value = left.has(name) ? preset : (bound?.get(name) ?? UNKNOWN);
    return textMeant((value.kind === 'opaque' ? value.fallback : null) ?? value, interpreter);
  });
  const [first] = given;
  const isOtherwise = given.every((one) => one !== undefined && one !== preset.text);
  return first !== undefined && isOtherwise ? text(first) : undefined;
}

/** Kinds of which a call may hand one to a model that is then made of it: `ResNet(BasicBlock, …)`, `VGG('VGG11')`. */
const DECIDES: ReadonlySet<Value['kind']> = new Set([
  'class',
  'reference',
  'function',
  'partial',
  'text',
  'number',
  'dict',
]);

/** Whether something decides what a model is made of, as a configuration does, which is no module. */
function decides(value: Value, interpreter: Interpreter): boolean {
  return value.kind === 'object' ? !isModuleClass(interpreter, value.definition) : DECIDES.has(value.kind);
}

/**
 * What the first call in the text which constructs a model gives it to be made of or to look up; of configurations, one of
 * each class that some call gives it.
 */
export function presetsOf(
  definition: ClassStatement,
  runs: readonly Run[],
  interpreter: Interpreter,
): Presets {
  const [first, ...others] = runs
    .flatMap(({ trace }) => trace.constructions)
    .filter((construction) => construction.definition === definition)
    .sort(
      (one, other) =>
        Number(isGivenNothing(one)) - Number(isGivenNothing(other)) || textOrder(one.span, other.span),
    );
  const all = [...(first?.bound ?? [])];
  const made = first && moduleFrame(interpreter).with({ heap: first.built });
  const parts = made === undefined ? [] : all.filter(([, value]) => isPartOfModel(value, made));
  const given = all
    .filter(([, value]) => decides(value, interpreter))
    .map(([name, value]): [string, Value] => {
      if (value.kind !== 'object') return [name, value];
      const another = others
        .flatMap(({ bound }) => bound.get(name) ?? [])
        .find((one) => isOfOther(one, value));
      return [name, another === undefined ? value : UNKNOWN];
    });
  const heap = parts.length === 0 ? null : (first?.built ?? null);
  return {
    given: new Map([...given, ...(heap === null ? [] : parts)]),
    heap,
    handed: heap === null ? undefined : first?.objectId,
  };
}

/** Whether nothing is known of what a model is given, as of one that a parameter is annotated with. */
function isGivenNothing({ bound }: Construction): boolean {
  return [...bound.values()].every(({ kind }) => kind === 'unknown');
}

function isOfOther(value: Value, { definition }: ObjectValue): boolean {
  return value.kind === 'object' && value.definition !== definition;
}

/** What stands in the file comes first; of other files, what ran first. */
function textOrder(one: Span, other: Span): number {
  if (isHere(one) && isHere(other)) return one.start - other.start;
  return Number(isHere(other)) - Number(isHere(one));
}
