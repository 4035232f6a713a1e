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
    expect(outline.verdict, source).toEqual(classify({ B, C, optimizer, phi0 }));
    const tooLarge = weights.filter((_, index) => role(index) === 'hidden' && isBelowHalf(B[index]));
    expect(new Set(analyse(source).findings.flatMap((finding) => finding.weights)), source).toEqual(
      new Set(tooLarge.map(({ name }) => `${name}.weight`)),
    );
  },
);

function isBelowHalf(exponent: InitExponent | undefined): boolean {
  return typeof exponent === 'number' && exponent < 1 / 2;
}
