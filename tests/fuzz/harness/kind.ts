import type { Arbitrary } from 'fast-check';

/** What a judge is given: the text of a file, its bytes, or anything that JSON holds. */
export type Input = string | Uint8Array | Readonly<Record<string, unknown>>;

/** What a judge has against a product that was given an input. */
export interface Problem {
  /** One word, by which problems are counted. */
  readonly kind: string;
  readonly what: string;
}

/** What a judge says of one input. */
export interface Judgement {
  readonly problems: readonly Problem[];
  /** User CPU of one analysis, or null where the input is not for the analyser. */
  readonly cpuMs: number | null;
}

/** Real Python for kinds that start from it. */
export type Corpus = readonly string[];

/** An input that somebody wrote down, as against one that is drawn. */
export interface NamedInput {
  readonly name: string;
  make(): Input;
}

/** Where the inputs of a kind come from: the named ones first, then drawn ones. */
export interface Inputs {
  readonly named: readonly NamedInput[];
  readonly drawn: Arbitrary<Input> | null;
}

/** One kind of hostile input: how it is made, and which judge sees it. */
export interface Kind {
  readonly name: string;
  /** One line, for `--help`. */
  readonly summary: string;
  readonly judge: JudgeName;
  /** How many inputs the tests, a run by hand and a long run try. */
  readonly counts: { readonly short: number; readonly usual: number; readonly long: number };
  /** How many inputs go to the judging process at once, where each is judged in no time. */
  readonly together: number;
  /** Far more than any input needs: what is not done then never ends. */
  readonly timeoutMs: number;
  inputs(corpus: Corpus): Inputs;
}

export type JudgeName = 'text' | 'bytes' | 'project' | 'store' | 'messages' | 'names';

export type Judge = (input: Input) => Promise<Judgement>;
