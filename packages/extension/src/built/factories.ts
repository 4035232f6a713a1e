/** A function at the top level of a file that could build a model from a width. */
export interface Factory {
  readonly name: string;
  /** What it calls its width. */
  readonly parameter: string;
  /** Counted from 1. */
  readonly line: number;
}

const FUNCTION = /^def\s+(\w+)\s*\(\s*(\w+)/;
/** Ranks what is offered; a person chooses. */
const LIKELY = /make|build|create|factory|model/i;

/** The functions of a text that take at least one parameter, those first whose names say that they build something. */
export function factoriesOf(text: string): readonly Factory[] {
  const all = text.split(/\r\n|\r|\n/).flatMap((written, index) => {
    const [, name, parameter] = FUNCTION.exec(written) ?? [];
    return name === undefined || parameter === undefined ? [] : [{ name, parameter, line: index + 1 }];
  });
  return all.toSorted((a, b) => Number(LIKELY.test(b.name)) - Number(LIKELY.test(a.name)));
}
