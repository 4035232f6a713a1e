import { attributeOf } from '../../interpret/language/attributes.ts';
import { argument } from '../../interpret/machine/given-arguments.ts';
import type { AttributeChange, CallSite, Frame, Interpreter } from '../../interpret/machine/interpreter.ts';
import type { Library } from '../../interpret/machine/library.ts';
import { fieldOf } from '../../interpret/machine/names.ts';
import { dict } from '../../interpret/values/containers.ts';
import { either, optionsOf } from '../../interpret/values/either.ts';
import { NONE, UNKNOWN, type Value } from '../../interpret/values/value.ts';

const CONFIG = 'wandb.config';

/** What runs of an experiment tracker were given as their settings, in order. */
const GIVEN = new WeakMap<Interpreter, Value[]>();

/** wandb: the settings that a run is given are those that `wandb.config` has; without any, they come from outside. */
export const wandb: Library = {
  roots: ['wandb'],
  covers: (qualified) => STARTS.has(qualified),
  call(qualified, site) {
    if (STARTS.has(qualified)) noteGiven(givenBy(qualified, site), site.frame);
    return undefined;
  },
  attribute: (owner, name, frame) =>
    isConfig(owner) && !METHODS.has(name) ? settingOf(name, frame) : undefined,
  setAttribute(owner, { name, value }: AttributeChange, frame) {
    if (!isConfig(owner)) return false;
    noteGiven(dict(new Map([[name, value]])), frame);
    return true;
  },
};

const STARTS: ReadonlySet<string> = new Set(['wandb.init', `${CONFIG}.update`]);

/** What settings have that is none of them. */
const METHODS: ReadonlySet<string> = new Set(['update', 'setdefaults', 'get', 'keys', 'items', 'as_dict']);

function isConfig(owner: Value): boolean {
  return owner.kind === 'reference' && owner.qualified === CONFIG;
}

function givenBy(qualified: string, { args }: CallSite): Value {
  if (args.open) return UNKNOWN;
  return qualified === 'wandb.init'
    ? (args.named.get('config') ?? (args.positional.length > 0 ? UNKNOWN : NONE))
    : (argument(args, { name: 'd', index: 0 }) ?? UNKNOWN);
}

function noteGiven(given: Value, { interpreter }: Frame): void {
  const before = GIVEN.get(interpreter) ?? [];
  if (before.length < MOST_GIVEN && !before.includes(given)) GIVEN.set(interpreter, [...before, given]);
}

/** A script has no more. */
const MOST_GIVEN = 16;

/** What any run may have been given under a name; undefined where none is seen to start. */
function settingOf(name: string, frame: Frame): Value | undefined {
  const given = GIVEN.get(frame.interpreter);
  if (given === undefined || given.length === MOST_GIVEN) return undefined;
  const found = given.flatMap(optionsOf).flatMap((one) => settingIn(one, name, frame));
  return found.length === 0 ? UNKNOWN : either(found);
}

function settingIn(given: Value, name: string, frame: Frame): readonly Value[] {
  if (given.kind === 'none') return [fieldOf(frame.interpreter.symbols.of(null, 'config'), name, frame)];
  if (given.kind !== 'dict') return [attributeOf(given, name, frame)];
  const entry = given.entries.get(name);
  if (entry !== undefined) return [entry];
  return given.open ? [UNKNOWN] : [];
}
