import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import oracle from '../../test/oracles/activations.json' with { type: 'json' };
import { ACTIVATION_NAMES, activation } from './activation.ts';

describe.each(ACTIVATION_NAMES)('%s', (name) => {
  const { phi, derivative, nonzeroAtZero } = activation(name);

  // Values of size h are rounded at the size of h; derivatives, bounded by 1.2, through up to four operations on it.
  test('is that of mpmath, and so is its derivative', () => {
    const expected = oracle.activations[name];
    oracle.h.forEach((h, i) => {
      const atol = 8 * Number.EPSILON * Math.max(1, Math.abs(h));
      expect([phi(h), derivative(h, phi(h))]).toBeCloseToAll([expected.phi[i], expected.derivative[i]], {
        rtol: 0,
        atol,
      });
    });
  });

  test('is marked by whether it vanishes at 0', () => {
    expect(phi(0) !== 0).toBe(nonzeroAtZero);
  });

  test('passes NaN on, so that a divergence shows', () => {
    expect(phi(Number.NaN)).toBeNaN();
  });

  test.prop([fc.double({ min: -1e300, max: 1e300, noNaN: true })])('stays finite', (h) => {
    expect(Number.isFinite(phi(h))).toBe(true);
    expect(Number.isFinite(derivative(h, phi(h)))).toBe(true);
  });
});

test('the theorem speaks of smooth nonlinear activations only', () => {
  const good = ACTIVATION_NAMES.filter((name) => activation(name).good);
  expect(good).toEqual(['sigmoid', 'tanh', 'silu', 'gelu', 'erf']);
});
