import { argument, type CallSite } from '../../interpret/interpreter.ts';
import { constructLayer } from '../../interpret/layers.ts';
import { truthOf } from '../../interpret/truth.ts';
import { unreadInit } from '../../interpret/unread.ts';
import type { Value } from '../../interpret/value.ts';
import type { LayerParameter, ParameterValue } from '../../network/layer.ts';

/** The names by which a tensor becomes a parameter. */
export const PARAMETER: RegExp = /^torch\.nn\.(?:parameter\.)?Parameter$/;

/** `nn.Parameter(tensor, requires_grad=True)`. */
export function ownParameter(qualified: string, site: CallSite): Value {
  const { args, frame, span } = site;
  const unread: LayerParameter = {
    name: '',
    dims: null,
    fanIn: null,
    present: true,
    initial: { std: unreadInit(span).std, kind: 'unknown' },
  };
  const { layer } = constructLayer(qualified, { family: 'parameter', parameters: [unread] }, site);
  const parameter: ParameterValue = { kind: 'parameter', layer, which: '' };
  frame.heap.write(parameter, unreadInit(span), 'strong');
  const trained = argument(args, { name: 'requires_grad', index: 1 });
  if (trained !== undefined && truthOf(trained) !== true) frame.heap.freeze(parameter, true);
  return parameter;
}
