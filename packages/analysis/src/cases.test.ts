import { expect, test } from 'vitest';
import { cases, checkCase } from '../test/check-case.ts';

/** Each file says at its end what is right of it, derived by hand or measured in PyTorch. */
test.for(cases())('$name: $title', ({ source }) => {
  expect(checkCase(source)).toEqual([]);
});
