import type { InitExponent } from '../calculus/exponent.ts';
import type { NetSpec } from '../model/net-spec.ts';
import { type AbcExponents, type LayerRole, roleOfLayer } from './parametrization.ts';
import { PARAMETRIZATIONS } from './table.ts';
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

/** What scaling reads of a run. */
export interface ScalingRequest {
  readonly net: Pick<NetSpec, 'inputDim' | 'width' | 'depth' | 'outputDim'>;
  readonly exponents: Readonly<Record<LayerRole, AbcExponents>>;
  readonly constants: {
    /** n₀. */
    readonly baseWidth: number;
    /** σ. */
    readonly initStd: number;
    /** η. */
    readonly learningRate: number;
  };
}

/** At rate η/n: what every parametrization equals at the base width. */
const SP = PARAMETRIZATIONS.sp;

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
export function concreteScaling({ net, exponents, constants }: ScalingRequest): readonly LayerScaling[] {
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
