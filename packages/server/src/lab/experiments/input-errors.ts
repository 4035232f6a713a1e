import { FieldError } from '@widthwise/core';
import { InputError } from '../../input/input-error.ts';

/** Does something with an experiment's fields; what they refuse is what the caller may mend. */
export function inputErrors<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof FieldError) throw new InputError(error.field, error.problem);
    throw error;
  }
}
