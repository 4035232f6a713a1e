import { exactValue, pair, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { InitWrite, Values } from '../../network/init.ts';
import type { ParameterValue } from '../../network/layer.ts';
import type { Span } from '../../syntax/span.ts';
import type { Frame } from '../machine/interpreter.ts';
import { quantityOf } from '../values/numbers.ts';
import type { Update } from '../values/parameter-store.ts';
import type { Value } from '../values/value.ts';
import { noteRewritten } from './gradients.ts';
import { isMovedBySteps } from './optimizer-state.ts';

/** `parameter *= factor`. */
interface Scaling {
  readonly operator: string;
  readonly factor: Value;
  readonly span: Span;
  readonly update: Update;
}

/**
 * Makes a parameter what it was before, scaled; one that a step has moved started as it was, or as that leaves it, and of
 * how far steps move it nothing is known, unless that is a decay or goes with no number of the model's.
 */
export function scaleInit(
  parameter: ParameterValue,
  { operator, factor, span, update }: Scaling,
  frame: Frame,
): void {
  const by = `${operator}=`;
  const isTrained = isMovedBySteps(parameter, frame);
  if (isTrained && !(SCALES.has(operator) && isSteady(quantityOf(factor))))
    noteRewritten(parameter, { what: by, span }, frame);
  for (const [at, before] of frame.heap.parameters.initOf(parameter).entries()) {
    const scaled = scaledBy(operator, before, quantityOf(factor));
    const values = isTrained ? { ...scaled, std: pair('either', before.std, scaled.std) } : scaled;
    const write = { ...before, ...values, span, by, scales: before };
    frame.heap.parameters.write(parameter, write, at === 0 ? update : 'weak');
  }
}

/** Something else than a factor that is made of a parameter's values. */
interface Change {
  readonly by: string;
  readonly span: Span;
  readonly update: Update;
  readonly values: (before: Values) => Values;
}

/** Gives a parameter what a function makes of each of the values that it may have; of one that a step has moved nothing is known. */
export function changeInit(
  parameter: ParameterValue,
  { by, span, update, values }: Change,
  frame: Frame,
): void {
  const isMoved = isMovedBySteps(parameter, frame);
  for (const [at, before] of frame.heap.parameters.initOf(parameter).entries()) {
    const made = isMoved ? UNREAD : values(before);
    const write = { ...before, ...made, span, by, scales: before };
    frame.heap.parameters.write(parameter, write, at === 0 ? update : 'weak');
  }
}

/** What starts a parameter that is given the values of another one, or its own, times a factor: `p.data = 0.5 * p.data`. */
export function scaledStart(
  before: InitWrite,
  factor: Quantity,
  made: Pick<InitWrite, 'span' | 'by'>,
): InitWrite {
  return { ...before, ...scaledBy('*', before, factor), ...made, scales: before };
}

const SCALES: ReadonlySet<string> = new Set(['*', '/']);

/** Whether a factor is a number or, as a decay makes it, 1 less something. */
function isSteady(factor: Quantity): boolean {
  if (factor.op === 'subtract') return exactValue(factor.left) !== undefined;
  return exactValue(factor) !== undefined;
}

function scaledBy(operator: string, { std, kind }: Values, factor: Quantity): Values {
  if (!SCALES.has(operator)) return UNREAD;
  return { std: pair(operator === '*' ? 'multiply' : 'divide', std, factor), kind };
}

const UNREAD: Values = { std: UNKNOWN_QUANTITY, kind: 'unknown' };
