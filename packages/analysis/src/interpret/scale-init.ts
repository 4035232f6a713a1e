import { pair, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { InitKind, InitWrite } from '../network/init.ts';
import type { ParameterValue } from '../network/layer.ts';
import type { Span } from '../syntax/span.ts';
import { initOf, type Update } from './heap.ts';
import type { Frame } from './interpreter.ts';
import { quantityOf } from './numbers.ts';
import type { Value } from './value.ts';

/** `parameter *= factor`. */
interface Scaling {
  readonly operator: string;
  readonly factor: Value;
  readonly span: Span;
  readonly update: Update;
}

/** Makes a parameter what it was before, scaled. */
export function scaleInit(
  parameter: ParameterValue,
  { operator, factor, span, update }: Scaling,
  frame: Frame,
): void {
  const writes = initOf(frame.heap, parameter);
  const std = writes.map((write) => write.std).reduce((left, right) => pair('either', left, right));
  const scaled =
    operator === '*' || operator === '/'
      ? pair(operator === '*' ? 'multiply' : 'divide', std, quantityOf(factor))
      : UNKNOWN_QUANTITY;
  frame.heap.write(parameter, { std: scaled, kind: sharedKind(writes), span, by: `${operator}=` }, update);
}

/** What all of these are; unknown where they differ. */
function sharedKind(writes: readonly InitWrite[]): InitKind {
  const [first, ...rest] = writes.map(({ kind }) => kind);
  return first !== undefined && rest.every((kind) => kind === first) ? first : 'unknown';
}
