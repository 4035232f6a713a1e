import { quotientOf } from '../../growth/product.ts';
import { power, type Quantity } from '../../growth/quantity.ts';
import { HALF, negate } from '../../growth/rational.ts';
import { attended, inHeads, outOfHeads, third } from '../../network/attention.ts';
import type { Tensor } from '../../network/graph.ts';
import type { Layer } from '../../network/layer.ts';
import { linear } from '../../network/linear.ts';
import { input, unread } from '../../network/tensor.ts';
import { argument, positional } from '../machine/given-arguments.ts';
import type { CallSite } from '../machine/interpreter.ts';
import { list } from '../values/containers.ts';
import type { Value } from '../values/value.ts';
import { parameterIn, parametersIn } from './forward.ts';
import { tensorIn, tensorValue } from './tensors.ts';

/** Attention of several heads with its projections, and how the positions attend; undefined where its inside is not known. */
export function applyAttention(layer: Layer, site: CallSite): Value | undefined {
  const { args, frame, span } = site;
  const [query, key, value] = ['query', 'key', 'value'].map((name, index) =>
    tensorIn(argument(args, { name, index }), frame),
  );
  const [width, heads] = [layer.sizes.get('embed_dim'), layer.sizes.get('num_heads')];
  const projection = frame.heap.attributes(layer.id).get('out_proj')?.value;
  const matrix = parameterIn(layer, 'in_proj_weight', frame);
  if (!query || !key || !value || !width || !heads || projection === undefined || matrix === null)
    return undefined;
  const bias = parameterIn(layer, 'in_proj_bias', frame);
  const projected = (of: Tensor, at: 0 | 1 | 2) =>
    inHeads(third(linear(of, { matrix, bias, span }), at, width, span), width, heads, span);
  const made = attended({
    query: projected(query, 0),
    key: projected(key, 1),
    value: projected(value, 2),
    factor: inverseRoot(quotientOf(width, heads)),
    span,
  });
  const out = frame.call(projection, positional(tensorValue(outOfHeads(made, width, span))), span);
  return list([out, tensorValue(input(null, span))]);
}

function inverseRoot(length: Quantity): Quantity {
  return length.op === 'unknown' ? length : power(length, negate(HALF));
}

/** What attention makes where its inside is not known. */
export function unreadAttention(layer: Layer, { args, frame, span }: CallSite): Value {
  const given = args.positional.flatMap((one) => tensorIn(one, frame) ?? []);
  const of = [...given, ...parametersIn(layer, frame)];
  const made = of.length === 0 ? input(null, span) : unread(of, layer.qualified, span);
  return list([tensorValue(made), tensorValue(input(null, span))]);
}
