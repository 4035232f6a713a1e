import { literal } from '../../growth/quantity.ts';
import { positional } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import type { Library } from '../../interpret/machine/library.ts';
import { number, UNKNOWN, type Value } from '../../interpret/values/value.ts';

/** Kernels of attention over (batch, positions, heads, features), which are PyTorch's with heads before positions. */
const KERNELS = /\.(?:flash_attn_func|memory_efficient_attention)$/;

export const attentionKernels: Library = {
  roots: ['flash_attn', 'flash_attn_interface', 'xformers'],
  call(qualified, site) {
    return KERNELS.test(qualified) ? attend(site) : undefined;
  },
};

/** With heads before positions, and back. */
function attend({ args, frame, span }: CallSite): Value | undefined {
  const { libraries } = frame.interpreter;
  const turned = (value: Value) =>
    libraries.call('torch.transpose', {
      args: positional(value, number(literal(1)), number(literal(2))),
      frame,
      span,
    }) ?? UNKNOWN;
  const [query, key, value] = ['q', 'k', 'v'].map(
    (name, index) =>
      args.positional[index] ??
      args.named.get(name) ??
      args.named.get(['query', 'key', 'value'][index] ?? ''),
  );
  if (query === undefined || key === undefined || value === undefined) return undefined;
  const scale = args.named.get('softmax_scale') ?? args.named.get('scale');
  const named = new Map<string, Value>([['enable_gqa', { kind: 'truth', value: true }]]);
  if (scale !== undefined) named.set('scale', scale);
  const made = libraries.call('torch.nn.functional.scaled_dot_product_attention', {
    args: { positional: [query, key, value].map(turned), named, open: false },
    frame,
    span,
  });
  return made && turned(made);
}
