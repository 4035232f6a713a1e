/** What a comparison is asked with, as finite JSON: the flags of `widthwise compare`, the parameters of a run request. */
export interface CompareParams {
  /** `digits[:P]`, `mixture[:k,d,P]`, `csv:FILE[:label=COLUMN]`. */
  readonly data?: string;
  readonly dataSeed?: number;
  readonly widths?: readonly number[];
  /** Ids of the table, or `abc:FILE.json`. */
  readonly parametrizations?: readonly string[];
  readonly depth?: number;
  readonly activation?: string;
  readonly steps?: number;
  readonly learningRate?: number;
  readonly seeds?: number;
  readonly baseWidth?: number;
  /** Samples watched. */
  readonly probe?: number;
  readonly loss?: string;
  readonly reduction?: string;
  readonly engine?: string;
}
