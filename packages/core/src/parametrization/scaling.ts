import type { RunSpec } from '../run/run-spec.ts';
import { type InitExponent, type LayerRole, roleOfLayer } from './parametrization.ts';
import { widthPower } from './width-power.ts';

/** What the exponents of one weight come to at a given width: W = multiplier · w, shape [fanOut, fanIn]. */
export interface LayerScaling {
  readonly multiplier: number;
  /** Standard deviation of the entries of w at initialization, σ included; 0 for a zero start. */
  readonly initStd: number;
  /** Learning rate on w, η included. */
  readonly learningRate: number;
  readonly fanIn: number;
  readonly fanOut: number;
}

/** The exponents of SP at rate η/n, which every parametrization equals at the base width. */
const SP: Readonly<Record<LayerRole, { a: number; b: number; c: number }>> = {
  input: { a: 0, b: 0, c: 1 },
  hidden: { a: 0, b: 0.5, c: 1 },
  output: { a: 0, b: 0.5, c: 1 },
};

/**
 * Multiplier, initial standard deviation and learning rate of every weight W¹ … W^{L+1}.
 *
 *     n^−e  →  n₀^−e_SP · (n/n₀)^−e
 *
 * with e_SP the exponent of SP for the same factor and role: at n = n₀ all parametrizations are SP, and n₀ = 1
 * is the paper's table.
 *
 * @returns L + 1 entries, the input layer first
 * @see docs/math.md#base-width
 */
export function concreteScaling(spec: RunSpec): readonly LayerScaling[] {
  const { net, exponents, constants } = spec;
  const { baseWidth, initStd, learningRate } = constants;
  const factor = (exponent: number, ofSp: number): number =>
    widthPower(baseWidth, -ofSp) * widthPower(net.width / baseWidth, -exponent);
  const initFactor = (b: InitExponent, ofSp: number): number => (b === 'zero' ? 0 : factor(b, ofSp));

  return Array.from({ length: net.depth + 1 }, (_, index) => {
    const role = roleOfLayer(index + 1, net.depth);
    const { a, b, c } = exponents[role];
    return {
      multiplier: factor(a, SP[role].a),
      initStd: initStd * initFactor(b, SP[role].b),
      learningRate: learningRate * factor(c, SP[role].c),
      fanIn: role === 'input' ? net.inputDim : net.width,
      fanOut: role === 'output' ? net.outputDim : net.width,
    };
  });
}
