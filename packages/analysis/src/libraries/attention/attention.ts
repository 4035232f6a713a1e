import { literal } from '../../growth/quantity.ts';
import { type Arguments, argument, positional } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import type { Library } from '../../interpret/machine/library.ts';
import { truthOf } from '../../interpret/values/truth.ts';
import { number, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { type AttentionKernel, kernelOf } from './kernels.ts';

/** What `kernels.get_kernel` gives, whichever it loads. */
const LOADED = 'kernels.get_kernel()';

/** What else a module of that name has: one of a project's own may be called so. */
const OWN = /^kernels\.(?!get_kernel\b)/;

/** Kernels of attention over (batch, positions, heads, features), which are PyTorch's with heads before positions. */
export const attentionKernels: Library = {
  roots: ['flash_attn', 'flash_attn_interface', 'xformers', 'kernels'],
  covers: (qualified) => !OWN.test(qualified),
  call(qualified, site) {
    if (OWN.test(qualified)) return undefined;
    if (qualified === 'kernels.get_kernel') return { kind: 'reference', qualified: LOADED };
    const kernel = kernelOf(qualified);
    return kernel === undefined || givesMore(site.args) ? undefined : attend(kernel, site);
  },
};

/** Whether it gives what its softmax was made of besides, or squashes logits, which its result does not show. */
function givesMore({ named, open }: Arguments): boolean {
  const isOn = (name: string) => {
    const value = named.get(name);
    return value !== undefined && truthOf(value) !== false;
  };
  return open || isOn('return_attn_probs') || isOn('return_softmax_lse') || isOn('softcap');
}

/** With heads before positions, and back. */
function attend(kernel: AttentionKernel, site: CallSite): Value | undefined {
  const given = tensorsOf(kernel, site);
  const scale = scaleOf(kernel, site.args);
  if (given === undefined || scale === 'unread') return undefined;
  const turned = (value: Value) =>
    called('torch.transpose', [value, number(literal(-3)), number(literal(-2))], site) ?? UNKNOWN;
  const { libraries } = site.frame.interpreter;
  const named = new Map<string, Value>([['enable_gqa', { kind: 'truth', value: true }]]);
  if (scale !== undefined) named.set('scale', scale);
  const made = libraries.call('torch.nn.functional.scaled_dot_product_attention', {
    ...site,
    args: { positional: given.map(turned), named, open: false },
  });
  return made && turned(made);
}

/** Queries, keys and values, each by itself. */
function tensorsOf({ packed }: AttentionKernel, site: CallSite): readonly Value[] | undefined {
  const apart = NAMES[packed].map((names, index) =>
    names.flatMap((name) => argument(site.args, { name, index }) ?? []).slice(0, 1),
  );
  const [first, second] = apart.flat();
  if (apart.some((one) => one.length === 0) || first === undefined) return undefined;
  if (packed === 'none') return apart.flat();
  const together = packed === 'all' ? first : second;
  const parts = together && called('torch.unbind', [together, number(literal(-3))], site);
  if (parts?.kind !== 'list' || parts.open) return undefined;
  return packed === 'all' ? parts.items : [first, ...parts.items];
}

const NAMES = {
  none: [
    ['q', 'query'],
    ['k', 'key'],
    ['v', 'value'],
  ],
  keys: [['q'], ['kv']],
  all: [['qkv']],
} as const satisfies Record<AttentionKernel['packed'], readonly (readonly string[])[]>;

/** The factor on logits that it is given. */
function scaleOf({ scaleAt, packed }: AttentionKernel, args: Arguments): Value | 'unread' | undefined {
  const named = args.named.get('softmax_scale') ?? args.named.get('scale');
  if (named !== undefined) return named;
  if (scaleAt !== null) return args.positional[scaleAt];
  return args.positional.length > NAMES[packed].length ? 'unread' : undefined;
}

function called(qualified: string, values: readonly Value[], site: CallSite): Value | undefined {
  return site.frame.interpreter.libraries.call(qualified, { ...site, args: positional(...values) });
}
