import { findMethod } from '../../interpret/machine/classes.ts';
import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Interpreter } from '../../interpret/machine/interpreter.ts';
import { type GroupReader, readsGroups, startOptimizer } from '../../interpret/modules/optimizer-state.ts';
import { optionsOf } from '../../interpret/values/either.ts';
import { sameValue } from '../../interpret/values/same-value.ts';
import { NONE, type ObjectValue, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { UpdateRule } from '../../network/optimizer.ts';
import type { ClassStatement } from '../../syntax/ast.ts';
import { treatsMatrices } from './matrix-steps.ts';
import { defaultRate, updateOf } from './optimizers.ts';
import { readStep } from './own-steps/read-step.ts';
import { findOptimizer } from './tables.ts';

/** The constructor of an optimizer's base class, as a class of the file calls it: from here on it has groups. */
export function startOwnOptimizer(object: ObjectValue, base: string, site: CallSite): Value {
  const { args, frame, span } = site;
  const { interpreter } = frame;
  const { definition, id } = object;
  const known = findOptimizer(base);
  const isItsBase = known !== undefined && findMethod(interpreter, definition, 'step') === undefined;
  const params = argument(args, { name: 'params', index: 0 }) ?? UNKNOWN;
  const update = isItsBase ? updateOf(known, site) : null;
  const build = {
    id,
    update,
    isMatrix: isItsBase ? update?.kind === 'muon' : treatsMatrices(definition, interpreter),
    qualified: definition.name,
    span: object.span ?? span,
  };
  const defaults =
    known === undefined
      ? defaultsIn(argument(args, { name: 'defaults', index: 1 }) ?? UNKNOWN)
      : new Map([...args.named].filter(([name]) => name !== 'params')).set('lr', defaultRate(known, site));
  startOptimizer(build, { params, defaults }, frame);
  if (update === null) readsGroups(build, groupReader(definition, interpreter));
  interpreter.baseOptimizers.set(id, build);
  return NONE;
}

/** How the steps of an optimizer of the project update groups, one with the same settings as another like it. */
function groupReader(definition: ClassStatement, interpreter: Interpreter): GroupReader {
  const known: { readonly settings: Settings; readonly rule: UpdateRule | null }[] = [];
  return (group, attributes) => {
    const settings = new Map([...group].filter(([name]) => name !== 'params' && name !== 'lr'));
    const found = known.find((one) => isAlike(one.settings, settings));
    if (found !== undefined) return found.rule;
    const rule = readStep({ interpreter, definition, attributes, group });
    known.push({ settings, rule });
    return rule;
  };
}

type Settings = ReadonlyMap<string, Value>;

function isAlike(left: Settings, right: Settings): boolean {
  return (
    left.size === right.size &&
    [...left].every(([name, value]) => {
      const other = right.get(name);
      return other !== undefined && sameValue(value, other);
    })
  );
}

/** What groups have that do not say it themselves. */
function defaultsIn(given: Value): ReadonlyMap<string, Value> {
  const [only, ...others] = optionsOf(given);
  if (only?.kind !== 'dict' || others.length > 0) return new Map([['lr', UNKNOWN]]);
  return only.open ? new Map(only.entries).set('lr', UNKNOWN) : only.entries;
}
