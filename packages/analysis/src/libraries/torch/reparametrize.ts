import { UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { everyArgument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { addForwardHook } from '../../interpret/modules/forward-hooks.ts';
import { noteHook } from '../../interpret/modules/gradients.ts';
import { idOf, namedParameters } from '../../interpret/modules/modules.ts';
import { optionsOf } from '../../interpret/values/either.ts';
import { unreadInit } from '../../interpret/values/parameter-state.ts';
import { number, UNKNOWN, type Value } from '../../interpret/values/value.ts';

/** What a layer computes its weight from is something else from then on. */
export const REPARAMETRIZES: RegExp =
  /^torch\.nn\.utils\.(?:parametriz(?:e|ations)\.\w+|(?:weight|spectral)_norm|prune\.\w+)$/;

/** Of the new weight neither the start is read nor what the gradient through it does to the old one. */
export function reparametrized(qualified: string, { args, frame, span }: CallSite): Value {
  const [module = UNKNOWN] = everyArgument(args);
  for (const option of optionsOf(module)) {
    if (option.kind !== 'layer' && option.kind !== 'object') continue;
    if (qualified.endsWith('.register_parametrization'))
      addForwardHook({ id: idOf(option), run: number(UNKNOWN_QUANTITY), span }, frame.heap);
    for (const { parameter } of namedParameters(option, frame)) {
      frame.heap.parameters.seal(parameter, { ...unreadInit(span), by: 'a reparametrization' });
      noteHook([parameter], { what: 'a reparametrization', span }, frame);
    }
  }
  return module;
}
