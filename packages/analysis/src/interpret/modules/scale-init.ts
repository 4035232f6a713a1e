import { pair, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { Values } from '../../network/init.ts';
import type { ParameterValue } from '../../network/layer.ts';
import type { Span } from '../../syntax/span.ts';
import type { Frame } from '../machine/interpreter.ts';
import { quantityOf } from '../values/numbers.ts';
import type { Update } from '../values/parameter-store.ts';
import type { Value } from '../values/value.ts';
import { trainedBy } from './optimizer-state.ts';

/** `parameter *= factor`. */
interface Scaling {
  readonly operator: string;
  readonly factor: Value;
  readonly span: Span;
  readonly update: Update;
}

/** Makes a parameter what it was before, scaled; one that a step has moved started as it was, or as that leaves it. */
export function scaleInit(
  parameter: ParameterValue,
  { operator, factor, span, update }: Scaling,
  frame: Frame,
): void {
  const by = `${operator}=`;
  const trained = trainedBy(parameter, frame).length > 0;
  for (const [at, { std, kind, when }] of frame.heap.parameters.initOf(parameter).entries()) {
    const scaled = scaledBy(operator, { std, kind }, quantityOf(factor));
    const values = trained ? { ...scaled, std: pair('either', std, scaled.std) } : scaled;
    const write = { ...values, span, by, ...(when === undefined ? {} : { when }) };
    frame.heap.parameters.write(parameter, write, at === 0 ? update : 'weak');
  }
}

function scaledBy(operator: string, { std, kind }: Values, factor: Quantity): Values {
  if (operator !== '*' && operator !== '/') return { std: UNKNOWN_QUANTITY, kind: 'unknown' };
  return { std: pair(operator === '*' ? 'multiply' : 'divide', std, factor), kind };
}
