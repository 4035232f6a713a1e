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
import { isReadAsWritten } from './method-of.ts';
import { type ReadOptimizer, StepState } from './step-state.ts';
import { isTurned } from './step-tensors.ts';
import type { MadeState } from './step-value.ts';
import { Ways } from './ways.ts';

/**
 * How the `step` of an optimizer of the project makes the updates of a group: its first ones are gone through on each way
 * that they may take, with a matrix of `rows × columns` whose gradient has entries of one size, and what is added to the
 * matrix is looked at. Null where that is nothing that is known, or not the same on all ways.
 */
export function readStep(optimizer: ReadOptimizer): UpdateRule | null {
  const step = findMethod(optimizer.interpreter, optimizer.definition, 'step')?.method;
  if (step === undefined || !isReadAsWritten(step, optimizer.interpreter)) return null;
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

/** Steps that are gone through: what the first one keeps in the state, the next one finds there. */
const STEPS = 2;

/** How each addition to the matrix is made on one way; null stands for one that is not known. */
function rulesOn(state: StepState, step: FunctionStatement): readonly (UpdateRule | null)[] {
  const rules: (UpdateRule | null)[] = [];
  for (let count = 0; count < STEPS && !rules.includes(null); count++) {
    state.begin();
    run(
      step,
      { positional: [{ kind: 'optimizer' }], named: new Map() },
      { step: state, locals: new Map(), depth: 0 },
    );
    if (state.ended === 'raise') return rules;
    const { state: weight } = state.parameter;
    const isRead = state.ended === null && weight.form === 'weight' && weight.added !== null;
    rules.push(...(isRead ? weight.added.map(ruleOf) : [null]));
  }
  return rules;
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
