/** How a measured quantity is called, written and drawn. */
export interface Quantity<Name extends string> {
  readonly name: Name;
  /** In words, with its symbol. */
  readonly title: string;
  readonly formula: string;
  /** Of its axis over steps: a quantity that spans decades is drawn on a logarithmic one. */
  readonly scale: 'linear' | 'log';
}
