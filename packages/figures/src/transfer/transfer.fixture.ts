import type { RateTransfer, TransferReport, TransferRow } from '@widthwise/core';

const SLOPE = { value: 0.02, low: -0.11, high: 0.15 };

/** A best rate that keeps its size, and is taken from width 32 to the others. */
export const KEPT: RateTransfer = {
  parametrization: 'mup',
  verdict: 'transfers',
  drift: SLOPE,
  predicted: 0,
  optima: [32, 64, 128].map((width) => ({
    width,
    state: 'found',
    rate: 8,
    low: 7,
    high: 9,
    loss: 3.2 / width,
  })),
  tuned: {
    width: 32,
    rate: 8,
    losses: [32, 64, 128].map((width) => ({ width, state: 'finished', loss: 3.3 / width, excess: 1.03 })),
  },
  wider: 'better',
  widerSlope: { value: -1, low: -1.1, high: -0.9 },
  reasons: [],
};

/** One that falls, and diverges at the widest. */
export const DRIFTING: RateTransfer = {
  ...KEPT,
  parametrization: 'sp-constant',
  verdict: 'drifts',
  drift: { value: -1.01, low: -1.15, high: -0.87 },
  predicted: -1,
  optima: KEPT.optima.map((each) => ({
    ...each,
    rate: 256 / each.width,
    low: 230 / each.width,
    high: 280 / each.width,
  })),
  tuned: {
    ...KEPT.tuned!,
    losses: KEPT.tuned!.losses.map((each) =>
      each.width < 128 ? each : { width: 128, state: 'diverged', loss: null, excess: null },
    ),
  },
  wider: 'worse',
};

/** Both, with a few runs of each. */
export const SMALL_TRANSFER: TransferReport = {
  complete: true,
  transfers: [DRIFTING, KEPT],
  rows: [DRIFTING, KEPT].flatMap(({ parametrization }) =>
    [32, 64, 128].flatMap((width) =>
      [2, 8, 32].flatMap((rate) =>
        [0, 1].map((seed): TransferRow => {
          const diverged = parametrization === 'sp-constant' && rate * width > 600 && seed === 1;
          const loss = diverged ? null : (1 + 0.1 * seed + Math.abs(Math.log2(rate / 8))) / width;
          return { parametrization, width, rate, seed, state: diverged ? 'diverged' : 'finished', loss };
        }),
      ),
    ),
  ),
};
