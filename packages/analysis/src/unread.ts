/** Something of a text that was not read, and why. What is found of the text does not rest on it. */
export type Unread =
  /** More text than can be read while somebody types: nothing of it was. */
  | { readonly kind: 'too-long'; readonly length: number; readonly most: number }
  /** Reading it took all the work there is, or all the time: none of its models is known. */
  | { readonly kind: 'work' | 'time'; readonly line: number }
  /** Reading all of its models takes more work than there is: those up to this line are not known. */
  | { readonly kind: 'models'; readonly line: number }
  /** Reading it with the files around takes more work than there is: it is read by itself. */
  | { readonly kind: 'alone' }
  /** So it is for its models up to this line, which are read without these files. */
  | { readonly kind: 'models-alone'; readonly line: number }
  /** Running the function from this line on, and maybe others, takes more work than there is: it may build or train models otherwise. */
  | { readonly kind: 'functions'; readonly line: number }
  /** Running the code that is no model's takes more work than there is, and stopped at this line: how it trains models is not known. */
  | { readonly kind: 'script'; readonly line: number }
  /** Blocks deeper in one another or longer than is read, from this line on: models with such code in them are left out. */
  | { readonly kind: 'nesting'; readonly line: number; readonly module?: string }
  /** It does not parse from this line on: what stands there is not read, and nothing is said of its models. */
  | { readonly kind: 'syntax'; readonly line: number }
  /** A rule failed on a model: its findings are missing. */
  | { readonly kind: 'rule'; readonly code: string; readonly model: string; readonly problem: string }
  /** The analysis failed: nothing of the text is known. */
  | { readonly kind: 'failed'; readonly problem: string };
