import type { Expression, SliceBounds, SubscriptExpression } from '../../../syntax/ast.ts';
import { evaluated, type Scope } from './step-state.ts';
import { asNumber, type DictValue, keyOf, type StepValue, UNKNOWN } from './step-value.ts';

/** `object[index]`; a part of a tensor is taken for the whole. */
export function subscript(expression: SubscriptExpression, scope: Scope): StepValue {
  const { object, index, slice, places } = expression;
  const of = evaluated(object, scope);
  if (of.kind === 'tensor')
    return index === null && places.every(({ kind }) => kind !== 'index') ? of : UNKNOWN;
  if (of.kind === 'list' && slice !== undefined) return sliced(of.items, slice, scope);
  if (index === null) return UNKNOWN;
  const at = evaluated(index, scope);
  if (of.kind === 'dict') return entryOf(of, at, scope);
  const place = asNumber(at)?.exact ?? null;
  return (of.kind === 'list' && place !== null ? of.items.at(place) : undefined) ?? UNKNOWN;
}

function sliced(items: readonly StepValue[], { start, stop, step }: SliceBounds, scope: Scope): StepValue {
  const bound = (one: Expression | null, left: number) =>
    one === null ? left : (asNumber(evaluated(one, scope))?.exact ?? null);
  const [from, to] = [bound(start, 0), bound(stop, items.length)];
  if (step !== null || from === null || to === null) return UNKNOWN;
  return { kind: 'list', items: items.slice(from, to) };
}

/** What a dict has under a key; the state of a parameter is made when it is first asked for. */
function entryOf(of: DictValue, at: StepValue, { step }: Scope): StepValue {
  const found = of.entries.get(keyOf(at));
  if (found !== undefined) return found;
  if (of !== step.state) return UNKNOWN;
  const made: StepValue = { kind: 'dict', entries: new Map(), open: false, lasts: true };
  of.entries.set(keyOf(at), made);
  return made;
}
