import { Heap } from './heap.ts';
import type { Arguments, CallSite, FollowedPass } from './interpreter.ts';
import { type FunctionValue, type ObjectValue, optionsOf, sameValue, type Value } from './value.ts';

/**
 * What a forward pass makes. Where its tensors are not asked for, as in a script that trains the model, one that the code
 * has been through and that changes nothing is not followed again: what it makes of the like is the like.
 */
export function passOf(
  object: ObjectValue,
  {
    method,
    site,
    run,
  }: { readonly method: FunctionValue; readonly site: CallSite; readonly run: () => Value },
): Value {
  const { args, frame } = site;
  const { passes } = frame.interpreter.trace;
  if (passes === null || method.definition.kind === 'lambda') return run();
  const { definition } = method;
  const attributes = frame.heap.attributes(object.id);
  const known = passes.get(object.id) ?? [];
  passes.set(object.id, known);
  const before = known.find(
    (one) => one.method === definition && one.attributes === attributes && isLike(one.args, args),
  );
  if (before !== undefined) {
    if (before.applied !== null) frame.interpreter.trace.applied.push(before.applied);
    return before.made;
  }
  const { applied } = frame.interpreter.trace;
  const [heap, count] = [new Heap(frame.heap), applied.length];
  const made = run();
  if (!heap.isSameAs(frame.heap)) return made;
  const pass: FollowedPass = { method: definition, attributes, args, made, applied: applied[count] ?? null };
  known.push(pass);
  return made;
}

/** Whether two calls are given as much, and the same but for tensors. */
function isLike(one: Arguments, other: Arguments): boolean {
  return (
    one.open === other.open &&
    one.positional.length === other.positional.length &&
    one.named.size === other.named.size &&
    one.positional.every((value, at) => isLikeValue(value, other.positional[at])) &&
    [...one.named].every(([name, value]) => isLikeValue(value, other.named.get(name)))
  );
}

function isLikeValue(one: Value, other: Value | undefined): boolean {
  if (other === undefined) return false;
  const [[mine, isMine], [theirs, isTheirs]] = [apart(one), apart(other)];
  return (
    isMine === isTheirs &&
    mine.length === theirs.length &&
    mine.every((value) => theirs.some((same) => sameValue(value, same)))
  );
}

/** What a value may be beside a tensor, and whether it may be one. */
function apart(value: Value): readonly [others: readonly Value[], isTensor: boolean] {
  const options = optionsOf(value);
  const others = options.filter(({ kind }) => kind !== 'tensor' && kind !== 'unknown');
  return [others, others.length < options.length];
}
