import type { LayerFamily } from '../../network/layer.ts';
import type { Rule } from '../rule.ts';
import { slowRate } from './slow-rate.ts';

/**
 * Input weights, biases and gains sum over nothing that grows, so under Adam they need a + c = 0. A rate that falls with
 * the width, which hidden weights need, freezes them. Embeddings down to n^-½ are left alone, as is disputed.
 *
 * @see Yang et al. 2022 (Tensor Programs V), Table 3
 */
export const widthScaledVectorRate: Rule = slowRate({
  code: 'MUP303',
  name: 'width-scaled-vector-lr',
  level: 'information',
  concerns: ({ role, rate, layer, dims }, c) =>
    role === 'input' && rate.update?.kind === 'adam' && !(mayBeTable(layer.family, dims) && c <= 1 / 2),
  because: 'what sums over nothing that grows wants the same rate at every width',
  remedy:
    'Keep the rate of input weights, biases and gains as it is at every width, in a parameter group apart from that of hidden weights.',
});

/** Whether rows of a weight may be looked up; of a large vocabulary few are, and the best rate is disputed. */
function mayBeTable(family: LayerFamily, dims: readonly unknown[] | null): boolean {
  return dims?.length === 2 && family !== 'linear';
}
