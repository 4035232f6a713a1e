import { test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { analyse } from '../test/check-findings.ts';
import { randomMlp } from '../test/random-mlp.ts';
import { differing, mlpReadBack } from '../test/read-back.ts';

test.prop([randomMlp], { numRuns: 200, seed: 20250314 })(
  'the exponents that an MLP was written from are read from its code, whatever the spelling',
  (model) => {
    expect(differing(mlpReadBack(model, analyse)), model.source).toEqual([]);
  },
);
