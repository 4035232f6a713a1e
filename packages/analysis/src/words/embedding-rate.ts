import type { ModelOutline, WeightRow } from '../model-outline.ts';
import { growthText } from './exponent-text.ts';

/**
 * The rate of an embedding beside that of the hidden weights, under Adam; null for any other weight, and where either is
 * not known. μP's own answer supposes that the vocabulary stays small beside the width.
 *
 * @see Hayou & Liu 2025, "Optimal Embedding Learning Rate in LLMs: The Effect of Vocabulary Size"
 */
export function embeddingRateText(row: WeightRow, { weights }: ModelOutline): string | null {
  if (!row.isEmbedding || row.isTied || row.optimizer !== 'adam' || row.c === null) return null;
  const hidden = new Set(weights.flatMap(({ role, c }) => (role === 'hidden' ? [c] : [])));
  const [rate = null] = hidden;
  if (hidden.size !== 1 || rate === null) return null;
  return (
    `Its rate beside that of hidden weights: yours is ${timesText(rate - row.c)}, ` +
    `μP's ${timesText(1)}, and with a large vocabulary ${timesText(1 / 2)}.`
  );
}

function timesText(exponent: number): string {
  if (exponent === 0) return 'the same at every width';
  return exponent === 1 / 2 ? '√n times' : `${growthText(exponent)} times`;
}
