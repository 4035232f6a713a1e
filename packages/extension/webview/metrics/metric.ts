import type { QuantityName } from '@widthwise/protocol';

/** What the view knows of a quantity: how it is called, written and drawn. */
export interface Metric {
  readonly quantity: QuantityName;
  /** In words, with its symbol. */
  readonly name: string;
  readonly formula: string;
  /** Of its axis: a quantity that spans decades is drawn on a logarithmic one. */
  readonly scale: 'linear' | 'log';
}
