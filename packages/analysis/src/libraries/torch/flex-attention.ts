import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { list } from '../../interpret/values/containers.ts';
import { truthOf } from '../../interpret/values/truth.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';

const QUALIFIED = 'torch.nn.attention.flex_attention.flex_attention';

/**
 * `flex_attention(query, key, value)`: attention over a mask of blocks; with more beside it where that is asked for. A
 * function that makes others of its scores is not read.
 */
export function flexAttention(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  if (qualified !== QUALIFIED) return undefined;
  const changes = argument(args, { name: 'score_mod', index: 3 });
  if (changes !== undefined && changes.kind !== 'none') return undefined;
  const named = new Map<string, Value>();
  for (const [name, index] of [
    ['scale', 5],
    ['enable_gqa', 6],
  ] as const) {
    const given = argument(args, { name, index });
    if (given !== undefined) named.set(name, given);
  }
  const given = ['query', 'key', 'value'].map((name, index) => argument(args, { name, index }) ?? UNKNOWN);
  const made = frame.interpreter.libraries.call('torch.nn.functional.scaled_dot_product_attention', {
    args: { positional: given, named, open: args.open },
    frame,
    span,
  });
  return made !== undefined && givesMore(args) ? list([made, UNKNOWN], false, true) : made;
}

/** Whether it gives statistics of its scores, too, as a second item. */
function givesMore(args: CallSite['args']): boolean {
  const asked = argument(args, { name: 'return_lse', index: 7 });
  const auxiliary = args.named.get('return_aux');
  return (
    (asked !== undefined && truthOf(asked) !== false) ||
    (auxiliary !== undefined && auxiliary.kind !== 'none')
  );
}
