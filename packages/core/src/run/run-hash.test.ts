import { describe, expect, test } from 'vitest';
import oracle from '../../test/oracles/hashes.json' with { type: 'json' };
import { smallSpec } from '../../test/small-run.ts';
import { datasetHash } from '../data/dataset-hash.ts';
import { runHash } from './run-hash.ts';
import type { RunSpec } from './run-spec.ts';

describe('the name of a run', () => {
  test.each(oracle.runs.map(({ spec, hash }) => [hash, spec] as const))(
    'is the one that Python finds: %s',
    (hash, spec) => {
      // SAFETY: JSON widens the spec's literal strings; hashing reads no meaning into them.
      expect(runHash(spec as unknown as RunSpec)).toBe(hash);
    },
  );

  test('ignores the order of keys', () => {
    const spec = smallSpec();
    const reversed = Object.fromEntries(Object.entries(spec).reverse()) as unknown as RunSpec;
    expect(runHash(reversed)).toBe(runHash(spec));
  });

  test('changes with every number that changes the run', () => {
    const spec = smallSpec();
    const others: readonly RunSpec[] = [
      { ...spec, seed: 1 },
      { ...spec, steps: 5 },
      { ...spec, constants: { ...spec.constants, baseWidth: 2 } },
      { ...spec, loss: { ...spec.loss, reduction: 'sum' } },
      { ...spec, engine: { ...spec.engine, numerics: spec.engine.numerics + 1 } },
      { ...spec, probe: { ...spec.probe, samples: 3 } },
    ];
    expect(new Set([spec, ...others].map(runHash)).size).toBe(others.length + 1);
  });

  test.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [-0, '−0'],
  ])('is refused to a spec with %d', (learningRate, shown) => {
    const spec = smallSpec();
    const broken = { ...spec, constants: { ...spec.constants, learningRate } };
    expect(() => runHash(broken)).toThrow(
      `runHash: expected finite numbers and no −0, got ${shown} at spec.constants.learningRate`,
    );
  });
});

test('the name of a data set is the one that Python finds', () => {
  const { inputs, targets, hash, ...sizes } = oracle.dataset;
  expect(
    datasetHash({ ...sizes, inputs: Float64Array.from(inputs), targets: Float64Array.from(targets) }),
  ).toBe(hash);
});
