/** Why an experiment cannot be done as asked: which parameter, what is wrong with it. Who shows it names the parameter. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
  /** The parameter's name in {@link Fields}, `learningRate`. */
  readonly field: string;
  /** `expected a number above 0, got 0`. */
  readonly problem: string;

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
    this.problem = problem;
  }
}
