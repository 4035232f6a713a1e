import { freeSymbolsOf } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import { findMethod, foreignBases } from '../../interpret/machine/classes.ts';
import type { AttributeChange, CallSite, Frame, Interpreter } from '../../interpret/machine/interpreter.ts';
import { type ObjectValue, UNKNOWN, type Value } from '../../interpret/values/value.ts';

const LIGHTNING = /^(?:pytorch_lightning|lightning)\./;
const CONFIG_MIXIN = /^diffusers\.(?:\w+\.)*ConfigMixin$/;

/**
 * `self.save_hyperparameters(…)` of Lightning: what the constructor is given, or the one configuration that is named,
 * stands under `self.hparams` from then on.
 */
export function saveHyperparameters(object: ObjectValue, name: string, site: CallSite): Value | undefined {
  const { args, frame, span } = site;
  if (name !== 'save_hyperparameters' || !inherits(object, LIGHTNING, frame)) return undefined;
  const [first, ...more] = args.positional;
  const isNamed = args.positional.every(({ kind }) => kind === 'text');
  const init = findMethod(frame.interpreter, object.definition, '__init__')?.method;
  // Of a base's constructor the settings go by names of its own.
  const isOwn = init !== undefined && frame.stack.at(-1) === init;
  const whole = first !== undefined && more.length === 0 ? first : UNKNOWN;
  const value = isNamed ? (isOwn && settingsOf(object, frame)) || UNKNOWN : whole;
  frame.heap.setAttribute(object.id, 'hparams', { value, span });
  if (value.kind === 'opaque')
    SAVED.set(frame.interpreter, new Set(SAVED.get(frame.interpreter)).add(value.symbol));
  return UNKNOWN;
}

/** What stands for the saved settings of models. */
const SAVED = new WeakMap<Interpreter, ReadonlySet<WidthSymbol>>();

/** `self.hparams.lr = lr / width`: a saved setting may be what it is set to from there on. */
export function changeSavedSetting(owner: Value, { name, value }: AttributeChange, frame: Frame): void {
  const { interpreter } = frame;
  if (owner.kind !== 'opaque' || SAVED.get(interpreter)?.has(owner.symbol) !== true) return;
  const isKnown = value.kind === 'number' && freeSymbolsOf(value.quantity).size === 0;
  if (value.kind !== 'opaque' && !isKnown) interpreter.computedDefaults.add(name);
}

/** `self.config` of a class of diffusers whose constructor is registered: its arguments by their names. */
export function registeredConfig(object: ObjectValue, name: string, frame: Frame): Value | undefined {
  if (name !== 'config' || !inherits(object, CONFIG_MIXIN, frame)) return undefined;
  const init = findMethod(frame.interpreter, object.definition, '__init__')?.method;
  const isRegistered = init?.decorators.some(
    (one) =>
      (one.kind === 'name' && one.name === 'register_to_config') ||
      (one.kind === 'attribute' && one.attribute === 'register_to_config'),
  );
  return isRegistered === true ? settingsOf(object, frame) : undefined;
}

function inherits({ definition }: ObjectValue, pattern: RegExp, { interpreter }: Frame): boolean {
  return foreignBases(interpreter, definition).some((base) => pattern.test(base));
}

/** The settings of a model that stands by itself, which go by the names that its constructor has for them. */
function settingsOf({ id, definition }: ObjectValue, { interpreter }: Frame): Value | undefined {
  if (!interpreter.models.has(id)) return undefined;
  return { kind: 'opaque', symbol: interpreter.symbols.ofDefinition(definition), fallback: null };
}
