import type { Quantity } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';

/** One thing that may have set a parameter's initial values last. */
export interface InitWrite {
  readonly std: Quantity;
  /** The call; null for the layer's own default. */
  readonly span: Span | null;
  /** How the code names the initializer. */
  readonly by: string;
}
