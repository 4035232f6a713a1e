/** What was trained beside its limit. */
export interface InfiniteSetting {
  readonly parametrizations: readonly { readonly name: string; readonly label: string }[];
  /** Ascending. */
  readonly widths: readonly number[];
  /** Hidden layers. */
  readonly depth: number;
  readonly steps: number;
}
