import type { RelatedPlace } from '../../finding.ts';
import type { CodeAround } from '../../fixes/code-around.ts';
import { logitsWithout } from '../../fixes/fused-attention.ts';
import type { AttentionLogits } from './attention-logits.ts';

/** Where the code makes the same logits on its way without the kernel, which wants the factor that the kernel wants. */
export function withoutKernel(
  { product: { span } }: Pick<AttentionLogits, 'product'>,
  code: CodeAround,
): readonly RelatedPlace[] {
  const place = span === null ? null : logitsWithout(span, code);
  const message = 'without the kernel the same logits are made here: they want the same factor';
  return place === null ? [] : [{ span: place, message }];
}
