import { isSameProduct, productOfAll } from '../../growth/product.ts';
import type { Quantity } from '../../growth/quantity.ts';
import type { Frame } from '../../interpret/machine/interpreter.ts';
import { tensorIn } from '../../interpret/modules/tensors.ts';
import { dimsOf, type ParameterValue } from '../../network/layer.ts';
import { shapeOf } from '../../network/tensor.ts';

/** What code means by a parameter or a view of it, with the dimensions in which it sees that. */
export interface SeenParameter {
  readonly parameter: ParameterValue;
  readonly dims: readonly Quantity[] | null;
}

/** The parameter itself where a view, such as `w.view(w.shape[0], -1)`, has all of its numbers; of a part its own dimensions. */
export function wholeOf(given: ParameterValue, frame: Frame): SeenParameter {
  const whole: ParameterValue = { kind: 'parameter', layer: given.layer, which: given.which };
  const dims = dimsOf(frame.heap.parameters.original(whole));
  if (given.part !== true) return { parameter: given, dims };
  const view = tensorIn(given, frame);
  const shape = view?.op === 'view' ? shapeOf(view) : null;
  const isWhole =
    dims !== null &&
    view?.op === 'view' &&
    view.part === null &&
    shape !== null &&
    !shape.open &&
    isSameProduct(productOfAll(shape.dims), productOfAll(dims));
  const own = shape === null || shape.open ? null : shape.dims;
  return { parameter: isWhole ? whole : given, dims: own };
}
