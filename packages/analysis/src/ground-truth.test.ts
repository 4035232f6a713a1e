import { test } from '@fast-check/vitest';
import { classify, type InitExponent } from '@widthwise/core';
import { expect } from 'vitest';
import { findingsOf, onlyModel, tableOf } from '../test/check-findings.ts';
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
    const sizes = initialSizes(B, { phi0, saturates: !/relu|gelu/i.test(source) });
    const stays = sizes.some(({ preactivation }) => preactivation < 0) ? 'unstable' : 'trivial';
    expect(outline.verdict?.regime, source).toBe(still ? stays : regime);
    const tooLarge = weights.filter((_, index) => role(index) === 'hidden' && sizes[index]?.grows);
    expect(new Set(findingsOf('MUP101', source).flatMap((finding) => finding.weights)), source).toEqual(
      new Set(tooLarge.map(({ name }) => `${name}.weight`)),
    );
  },
);

/** How large preactivations are at initialization, and whether a layer alone makes them grow: Wˡx = Θ(n^(½ − B − max(0, e))) for x = Θ(n^−e). */
function initialSizes(
  B: readonly InitExponent[],
  { phi0, saturates }: { readonly phi0: boolean; readonly saturates: boolean },
): readonly { readonly preactivation: number; readonly grows: boolean }[] {
  let x = 0;
  return B.map((b, index) => {
    const gain = index === 0 ? 0 : 1 / 2;
    const grows = b !== 'zero' && b + Math.max(0, x) < gain;
    const preactivation = b === 'zero' ? Number.POSITIVE_INFINITY : b + x - gain;
    x = preactivation > 0 ? (phi0 ? 0 : preactivation) : saturates ? 0 : preactivation;
    return { preactivation, grows };
  });
}
