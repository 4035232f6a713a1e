import { test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { analyse } from '../test/check-findings.ts';
import { randomTransformer } from '../test/random-transformer/random-transformer.ts';
import { differing, transformerReadBack } from '../test/read-back.ts';

test.prop([randomTransformer('any')], { numRuns: 100, seed: 20260101 })(
  'the graph that a transformer was written from is read from its code, whatever the spelling',
  (model) => {
    expect(differing(transformerReadBack(model, analyse)), model.source).toEqual([]);
  },
);
