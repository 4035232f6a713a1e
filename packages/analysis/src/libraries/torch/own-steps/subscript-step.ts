import type { Expression, SliceBounds, SubscriptExpression } from '../../../syntax/ast.ts';
import { subscriptPlaces } from '../../../syntax/subscript-places.ts';
import { isSame, ONE, ROWS } from './magnitude.ts';
import { evaluated, type Scope } from './step-state.ts';
import { asNumber, type DictValue, keyOf, type StepValue, type Tensor, UNKNOWN } from './step-value.ts';
import { settled } from './tensor-methods.ts';

/** `object[index]`; a part of a stack is taken for the whole. */
export function subscript(expression: SubscriptExpression, scope: Scope): StepValue {
  const { object, index, slice } = expression;
  const of = evaluated(object, scope);
  if (of.kind === 'tensor') return partOf(of, expression, scope);
  if (of.kind === 'list' && slice !== undefined) return of.isSome ? UNKNOWN : sliced(of.items, slice, scope);
  if (index === null) return UNKNOWN;
  const at = evaluated(index, scope);
  if (of.kind === 'dict') return entryOf(of, at, scope);
  if (of.kind === 'list' && of.isSome) return oneOf(of.items, at);
  const place = asNumber(at)?.exact ?? null;
  return (of.kind === 'list' && place !== null ? of.items.at(place) : undefined) ?? UNKNOWN;
}

/** One of several, as all are; of several groups the first may be another than the one that is looked at. */
function oneOf(items: readonly StepValue[], at: StepValue): StepValue {
  const [only = UNKNOWN, ...others] = items;
  if (others.length > 0 || at.kind !== 'number') return UNKNOWN;
  return at.of === 'place' || only.kind === 'tensor' ? only : UNKNOWN;
}

/** What is done to some rows or columns of a matrix is not done to all. */
function partOf(of: Tensor, expression: SubscriptExpression, scope: Scope): StepValue {
  const places = subscriptPlaces(expression);
  const dims = 'dims' in of.state ? of.state.dims : [];
  const isAll = ({ start, stop }: SliceBounds) =>
    start === null && (stop === null || asNumber(evaluated(stop, scope))?.of === 'count');
  const isPart = places.some(
    (place, at) => place.kind === 'slice' && !isSame(dims[at] ?? ROWS, ONE) && !isAll(place),
  );
  if (isPart) of.state = settled(of.state, { form: 'unknown' });
  return !isPart && expression.index === null && places.every(({ kind }) => kind !== 'index') ? of : UNKNOWN;
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
