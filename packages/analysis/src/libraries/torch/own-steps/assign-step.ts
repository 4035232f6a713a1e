import type { Expression } from '../../../syntax/ast.ts';
import { counted } from './step-numbers.ts';
import { evaluated, type Scope } from './step-state.ts';
import { keyOf, type StepValue, UNKNOWN } from './step-value.ts';
import { settled, stateOf } from './tensor-methods.ts';

/** Gives a name, an attribute or an entry a value. */
export function assign(target: Expression, value: StepValue, scope: Scope): void {
  switch (target.kind) {
    case 'name':
      scope.locals.set(target.name, value);
      return;
    case 'starred':
      assign(target.value, UNKNOWN, scope);
      return;
    case 'sequence':
      for (const [at, item] of target.items.entries())
        assign(item, (value.kind === 'list' ? value.items[at] : undefined) ?? UNKNOWN, scope);
      return;
    case 'attribute':
      setAttribute(evaluated(target.object, scope), target.attribute, { value, scope });
      return;
    case 'subscript':
      setItem(evaluated(target.object, scope), target.index && evaluated(target.index, scope), value);
      return;
    default:
  }
}

interface Assigned {
  readonly value: StepValue;
  readonly scope: Scope;
}

function setAttribute(object: StepValue, name: string, { value, scope }: Assigned): void {
  if (object.kind === 'optimizer')
    scope.step.attributes.set(name, value.kind === 'number' ? counted(value) : value);
  if (object.kind !== 'tensor') return;
  if (name === 'data') object.state = settled(object.state, stateOf(value));
  if (name === 'grad') scope.step.setGradient(object, value);
}

function setItem(object: StepValue, index: StepValue | null, value: StepValue): void {
  if (object.kind === 'tensor') object.state = settled(object.state, { form: 'unknown' });
  if (index === null) return;
  const key = keyOf(index);
  if (object.kind === 'dict') object.entries.set(key, object.lasts ? lasting(value) : value);
  if (object.kind === 'list' && typeof key === 'number') object.items[key] = value;
}

/** A value that the next step finds again: numbers in it are others by then. */
export function lasting(value: StepValue): StepValue {
  if (value.kind === 'number') return counted(value);
  if (value.kind !== 'dict' || value.lasts) return value;
  value.lasts = true;
  for (const [key, entry] of value.entries) value.entries.set(key, lasting(entry));
  return value;
}
