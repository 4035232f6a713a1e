/**
 * What the caller may mend: which value, and what is wrong with it. The command line, the editor and a file of
 * configuration know the same field by names of their own, so that whoever shows it says which.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** The parameter, option or setting; null where the problem says all there is. */
  readonly field: string | null;
  readonly problem: string;
  /** Which of the field's values, or which part of it: the file that it names, say. */
  readonly part: string | null;

  constructor(field: string | null, problem: string, part: string | null = null) {
    super(said(field, problem, part));
    this.field = field;
    this.problem = problem;
    this.part = part;
  }

  /** One sentence that calls the field what its reader calls it. */
  sentence(nameOf: (field: string) => string): string {
    return said(this.field === null ? null : nameOf(this.field), this.problem, this.part);
  }
}

function said(field: string | null, problem: string, part: string | null): string {
  return field === null ? problem : `${[field, ...(part === null ? [] : [part])].join(' ')}: ${problem}`;
}
