import { findMethod } from '../../interpret/machine/classes.ts';
import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { startOptimizer } from '../../interpret/modules/optimizer-state.ts';
import { optionsOf } from '../../interpret/values/either.ts';
import { NONE, type ObjectValue, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { treatsMatrices } from './matrix-steps.ts';
import { defaultRate, updateOf } from './optimizers.ts';
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
  interpreter.baseOptimizers.set(id, build);
  return NONE;
}

/** What groups have that do not say it themselves. */
function defaultsIn(given: Value): ReadonlyMap<string, Value> {
  const [only, ...others] = optionsOf(given);
  if (only?.kind !== 'dict' || others.length > 0) return new Map([['lr', UNKNOWN]]);
  return only.open ? new Map(only.entries).set('lr', UNKNOWN) : only.entries;
}
