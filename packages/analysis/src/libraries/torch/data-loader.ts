import { DATA_LENGTH } from '../../growth/product.ts';
import { pair, type Quantity } from '../../growth/quantity.ts';
import { argument, everyArgument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { unknownFrom } from '../../interpret/machine/swallowed.ts';
import { isNumeric, quantityOf } from '../../interpret/values/numbers.ts';
import type { Value } from '../../interpret/values/value.ts';

const LOADERS: ReadonlySet<string> = new Set([
  'torch.utils.data.DataLoader',
  'torch.utils.data.dataloader.DataLoader',
]);

/** Batches of data: as many as the data has, over the size of one. */
export function dataLoader(qualified: string, { args, frame }: CallSite): Value | undefined {
  if (!LOADERS.has(qualified)) return undefined;
  const made = unknownFrom(everyArgument(args), frame.interpreter);
  const size = argument(args, { name: 'batch_size', index: 1 });
  const sampled = argument(args, { name: 'batch_sampler', index: 4 });
  const isKnown = !args.open && sampled === undefined && (size === undefined || isNumeric(size));
  if (!isKnown || made.kind !== 'unknown') return undefined;
  const length: Quantity = size === undefined ? DATA_LENGTH : pair('divide', DATA_LENGTH, quantityOf(size));
  return { ...made, length };
}
