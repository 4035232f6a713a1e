import { test } from '@fast-check/vitest';
import { classify, type InitExponent } from '@widthwise/core';
import { expect } from 'vitest';
import { analyse, onlyModel, tableOf } from '../test/check-findings.ts';
import { randomMlp } from '../test/random-mlp.ts';

test.prop([randomMlp], { numRuns: 200, seed: 20250314 })(
  'the exponents that an MLP was written from are read from its code, whatever the spelling',
  ({ source, weights, optimizer, phi0 }) => {
    const last = weights.length - 1;
    const role = (index: number) => (index === 0 ? 'input' : index === last ? 'output' : 'hidden');
    const outline = onlyModel(source);
    expect(tableOf(outline), source).toEqual(
      weights.map(({ name, a, b, c }, index) => `${name} ${role(index)} ${a} ${b} ${c} ${optimizer}`),
    );
    const B = weights.map(({ a, b }): InitExponent => (b === 'zero' ? b : a + b));
    const C = weights.map(({ a, c }) => (optimizer === 'sgd' ? 2 * a : a) + c);
    // Where two weights start at 0, no gradient is other than 0, whatever the rate.
    const still = B.filter((b) => b === 'zero').length > 1 && !phi0;
    const { regime } = classify({ B, C, optimizer, phi0 });
    expect(outline.verdict?.regime, source).toBe(still ? 'trivial' : regime);
    const grows = growing(B, { phi0, saturates: !/relu|gelu/i.test(source) });
    const tooLarge = weights.filter((_, index) => role(index) === 'hidden' && grows[index]);
    expect(new Set(analyse(source).findings.flatMap((finding) => finding.weights)), source).toEqual(
      new Set(tooLarge.map(({ name }) => `${name}.weight`)),
    );
  },
);

/** Whether each layer makes what it sums over the width grow, by itself: Wˡx = Θ(n^(½ − B − max(0, e))) for x = Θ(n^−e). */
function growing(
  B: readonly InitExponent[],
  { phi0, saturates }: { readonly phi0: boolean; readonly saturates: boolean },
): readonly boolean[] {
  let x = 0;
  return B.map((b, index) => {
    const gain = index === 0 ? 0 : 1 / 2;
    const grows = b !== 'zero' && b + Math.max(0, x) < gain;
    const h = b === 'zero' ? Number.POSITIVE_INFINITY : b + x - gain;
    x = h > 0 ? (phi0 ? 0 : h) : saturates ? 0 : h;
    return grows;
  });
}
