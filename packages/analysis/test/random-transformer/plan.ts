import type { GraphActivation, GraphOptimizer, InitExponent } from '@widthwise/core';
import type { Draw } from '../spellings.ts';

/** A weight matrix or table of a transformer; those of one kind are alike in each block. */
export type WeightKind = 'embed' | 'position' | 'q' | 'k' | 'v' | 'o' | 'gate' | 'up' | 'down' | 'head';

/** How weights start and are trained: std n^−b, rate η·n^−c. */
export interface Start {
  readonly b: InitExponent;
  readonly c: number;
}

/** A decoder, as it is drawn before it is written down twice: as code and as a graph. */
export interface TransformerPlan {
  /** What the code calls the width. */
  readonly width: string;
  readonly blocks: 1 | 2;
  /** Whether the heads grow longer with the width, or more. */
  readonly headDimGrows: boolean;
  readonly norms: 'pre' | 'post' | 'none';
  /** LayerNorm has a gain and a bias, RMSNorm a gain, a function neither. */
  readonly norm: 'layer' | 'rms' | 'function';
  readonly qkNorm: boolean;
  /** Whether q, k and v are parts of one matrix. */
  readonly fused: boolean;
  /** q·k is multiplied by head_dim^−s. */
  readonly attention: number;
  readonly kernel: 'explicit' | 'fused';
  readonly gated: boolean;
  readonly activation: GraphActivation & ('relu' | 'gelu' | 'silu' | 'tanh');
  readonly tied: boolean;
  /** The output is multiplied by n^−a. */
  readonly readout: number;
  readonly biases: boolean;
  readonly optimizer: GraphOptimizer & ('sgd' | 'adam' | 'muon');
  readonly starts: Readonly<Record<WeightKind, Start>>;
  /** The rate of biases and gains. */
  readonly restRate: number;
}

const STARTS: readonly InitExponent[] = [0, 1 / 2, 1, 'zero'];
const RATES = [-1, 0, 1 / 2, 1] as const;

/** What is right in μP for tables and vectors, for matrices and for readouts without a factor. */
const MUP: Readonly<
  Record<TransformerPlan['optimizer'], Readonly<Record<'input' | 'hidden' | 'output', Start>>>
> = {
  sgd: { input: { b: 0, c: -1 }, hidden: { b: 1 / 2, c: 0 }, output: { b: 1, c: 1 } },
  adam: { input: { b: 0, c: 0 }, hidden: { b: 1 / 2, c: 1 }, output: { b: 1, c: 1 } },
  muon: { input: { b: 0, c: 0 }, hidden: { b: 1 / 2, c: 0 }, output: { b: 1, c: 1 } },
};

/**
 * Draws everything that a decoder is made of.
 *
 * @param often what of its exponents are those of μP: most choices of all are unstable
 */
export function drawPlan(draw: Draw, often: 'any' | 'near μP' = 'any'): TransformerPlan {
  const fused = draw([true, false]);
  const tied = draw([true, false]);
  const optimizer = draw(['sgd', 'adam', 'adam', 'muon'] as const);
  const one = (role: 'input' | 'hidden' | 'output'): Start => {
    const { b, c } = MUP[optimizer][role];
    const isRight = () => often === 'near μP' && draw([true, true, true, true, false]);
    return { b: isRight() ? b : draw(STARTS), c: isRight() ? c : draw(RATES) };
  };
  const start = () => one('hidden');
  const [embed, q] = [one('input'), start()];
  return {
    width: draw(['width', 'n', 'd_model', 'ñ']),
    blocks: draw([1, 2] as const),
    headDimGrows: draw([true, false]),
    norms: draw(['pre', 'pre', 'post', 'none'] as const),
    norm: draw(['layer', 'rms', 'function'] as const),
    qkNorm: draw([true, false, false]),
    fused,
    attention: draw([0, 1 / 2, 1]),
    kernel: draw(['explicit', 'fused'] as const),
    gated: draw([true, false]),
    activation: draw(['relu', 'gelu', 'silu', 'tanh'] as const),
    tied,
    readout: draw([0, 0, 1 / 2, 1]),
    biases: draw([true, false]),
    optimizer,
    starts: {
      embed,
      position: one('input'),
      q,
      k: fused ? q : start(),
      v: fused ? q : start(),
      o: start(),
      gate: start(),
      up: start(),
      down: start(),
      head: tied ? embed : one('output'),
    },
    restRate: one('input').c,
  };
}
