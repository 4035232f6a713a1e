import { findMethod } from '../../../interpret/machine/classes.ts';
import type { MuonShape, UpdateRule } from '../../../network/optimizer.ts';
import type { FunctionStatement } from '../../../syntax/ast.ts';
import { run } from './call-step.ts';
import { evaluate } from './evaluate-step.ts';
import { execute } from './execute-step.ts';
import {
  COLUMNS,
  GRADIENT,
  isSame,
  type Magnitude,
  ONE,
  over,
  RATE,
  ROWS,
  times,
  toThe,
} from './magnitude.ts';
import { type ReadOptimizer, StepState } from './step-state.ts';
import { isTurned } from './step-tensors.ts';
import type { MadeState } from './step-value.ts';
import type { Given } from './tensor-methods.ts';
import { Ways } from './ways.ts';

/**
 * How the `step` of an optimizer of the project makes the updates of a group: its first one is gone through on each way
 * that it may take, with a matrix of `rows × columns` whose gradient has entries of one size, and what is added to the
 * matrix is looked at. Null where that is nothing that is known, or not the same on all ways.
 */
export function readStep(optimizer: ReadOptimizer): UpdateRule | null {
  const step = findMethod(optimizer.interpreter, optimizer.definition, 'step')?.method;
  if (step === undefined) return null;
  const ways = new Ways();
  const found = new Map<string, UpdateRule>();
  do {
    const rules = rulesOn(new StepState(optimizer, { ways, language: { evaluate, execute } }), step);
    if (ways.isEndless || rules.includes(null)) return null;
    for (const rule of rules) if (rule !== null) found.set(JSON.stringify(rule), rule);
  } while (ways.next());
  const [only = null, ...others] = found.values();
  return others.length === 0 ? only : null;
}

/** How each addition to the matrix is made on one way; null stands for one that is not known. */
function rulesOn(state: StepState, step: FunctionStatement): readonly (UpdateRule | null)[] {
  const given: Given = { positional: [{ kind: 'optimizer' }], named: new Map() };
  run(step, given, { step: state, locals: new Map(), depth: 0 });
  if (state.ended === 'raise') return [];
  const { state: weight } = state.parameter;
  if (state.ended === 'lost' || weight.form !== 'weight' || weight.added === null) return [null];
  return weight.added.map(ruleOf);
}

const LEAST: Magnitude = { ...ONE, least: 1 };

/** By what an orthogonalized update is larger than rate · √(least / (rows · columns)). */
const SHAPES: readonly (readonly [MuonShape, Magnitude])[] = [
  ['none', ONE],
  ['jordan', toThe(over(ROWS, LEAST), 1 / 2)],
  ['spectral', toThe(over(ROWS, COLUMNS), 1 / 2)],
  ['moonlight', toThe(over(times(ROWS, COLUMNS), LEAST), 1 / 2)],
];

function ruleOf(added: MadeState): UpdateRule | null {
  const { form, magnitude } = added;
  if (form === 'linear') return isSame(magnitude, times(RATE, GRADIENT)) ? { kind: 'sgd' } : null;
  if (form === 'ratio') return isSame(magnitude, RATE) ? { kind: 'adam' } : null;
  if (!isTurned(added)) return null;
  const orthogonal = times(RATE, toThe(over(LEAST, times(ROWS, COLUMNS)), 1 / 2));
  const shape = SHAPES.find(([, factor]) => isSame(magnitude, times(orthogonal, factor)));
  return shape === undefined ? null : { kind: 'muon', shape: shape[0] };
}
