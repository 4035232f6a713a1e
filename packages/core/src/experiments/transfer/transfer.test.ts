import { describe, expect, test } from 'vitest';
import { mixtureDataset } from '../../data/mixture.ts';
import { PARAMETRIZATIONS } from '../../parametrization/table.ts';
import type { RunResult } from '../../run/run-result.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import { withDefaults } from '../params/check-params.ts';
import type { Asked } from '../params/field.ts';
import type { PlannedRun } from '../planned-run.ts';
import type { TransferParams } from './params.ts';
import type { TransferReport } from './report.ts';
import { TRANSFER } from './transfer.ts';

const dataset = mixtureDataset({ classes: 3, dim: 4, samples: 6, seed: 0 });

/** ln loss of a run whose best rate goes like n^drift, with seeds that differ by so much; ∞ where it diverges. */
interface Law {
  readonly drift: number;
  readonly noise?: number;
  readonly widerHelps?: boolean;
  readonly divergesAbove?: number;
}

function logLoss(
  { drift, noise = 0.02, widerHelps = true, divergesAbove = 8 }: Law,
  { net, constants, seed }: RunSpec,
) {
  const optimum = 4 * (net.width / 32) ** drift * Math.exp(noise * Math.sin(2.4 * seed + 1));
  const off = Math.log(constants.learningRate / optimum);
  if (constants.learningRate > divergesAbove * optimum) return Number.POSITIVE_INFINITY;
  return 0.3 * off * off - (widerHelps ? 0.2 : 0) * Math.log(net.width) - 1;
}

/** What a search finds where losses follow a law: planned, refined and reduced as an execution does. */
function found(law: Law, asked: Asked<TransferParams> = {}, start = 1): TransferReport {
  const params = withDefaults(TRANSFER.fields, { parametrizations: ['mup'], ...asked });
  const request = TRANSFER.request(params, {
    dataset,
    data: { kind: 'mixture', hash: 'of no matter' },
    engine: { name: 'reference', numerics: 1 },
    parametrizations: [PARAMETRIZATIONS.mup],
  });
  const plan: PlannedRun[] = [...TRANSFER.plan(request)];
  const results = new Map<string, RunResult>();
  for (let at = 0; at < plan.length; at++) {
    results.set(plan[at].hash, resultOf(plan[at], Math.exp(logLoss(law, plan[at].spec)), start));
    if (at === plan.length - 1) plan.push(...TRANSFER.refine!(request, { plan, results, complete: true }));
  }
  expect(new Set(plan.map(({ hash }) => hash)).size).toBe(plan.length);
  return TRANSFER.reduce(request, { plan, results, complete: true });
}

function resultOf({ spec, hash }: PlannedRun, loss: number, start: number): RunResult {
  const finished = Number.isFinite(loss);
  return {
    ...{ schema: 'widthwise/run', version: 1, hash, spec, outputChange: null, layers: [] },
    state: finished ? 'finished' : 'diverged',
    divergedAt: finished ? null : 1,
    loss: [start, finished ? loss : null],
    series: finished ? [{ quantity: 'loss', layer: null, steps: [0, 1], values: [start, loss] }] : [],
  };
}

describe('a search for the best rates', () => {
  test('that keep their size says that they transfer, and that wider is better', () => {
    const [transfer] = found({ drift: 0 }).transfers;
    expect(transfer).toMatchObject({ verdict: 'transfers', wider: 'better', predicted: 0, reasons: [] });
    expect(transfer.drift.value).toBeCloseTo(0, 6);
    // The interval is never narrower than the grid is fine.
    expect(transfer.drift.high! - transfer.drift.low!).toBeGreaterThan(0.05);
    expect(transfer.optima.map(({ state }) => state)).toEqual(['found', 'found', 'found', 'found']);
    for (const { rate, low, high } of transfer.optima) {
      expect(rate).toBeCloseTo(4, 1);
      expect([low! < 4, high! > 4]).toEqual([true, true]);
    }
    expect(transfer.tuned!.losses.every(({ excess }) => excess! < 1.01)).toBe(true);
  });

  test('that fall says so, and where the rate of the narrowest diverges', () => {
    const [transfer] = found({ drift: -1, divergesAbove: 3 }).transfers;
    expect(transfer.verdict).toBe('drifts');
    expect(transfer.drift.value).toBeCloseTo(-1, 3);
    expect(transfer.tuned!.losses.map(({ state }) => state)).toEqual([
      'finished',
      'finished',
      'diverged',
      'diverged',
    ]);
    expect(transfer.wider).toBe('worse');
  });

  test('leaves open what the interval leaves open', () => {
    const [transfer] = found({ drift: -0.25 }).transfers;
    expect(transfer.verdict).toBe('undecided');
    expect(transfer.reasons).toEqual([
      'the interval of the drift holds both: neither seeds nor widths that could be run would decide',
    ]);
  });

  test('says how many seeds should decide, and they do', () => {
    const noisy = { drift: -0.1, noise: 0.3 };
    const { verdict, reasons } = found(noisy).transfers[0];
    expect(verdict).toBe('undecided');
    const [, seeds] = /^the interval of the drift holds both: about (\d+) seeds should decide$/.exec(
      reasons[0],
    )!;
    expect(found(noisy, { seeds: Number(seeds) }).transfers[0].verdict).toBe('transfers');
  });

  test('does not say that rates transfer where the tuned one diverges', () => {
    const [transfer] = found({ drift: -0.12, divergesAbove: 1.1, noise: 0.001 }).transfers;
    expect(transfer.verdict).toBe('undecided');
    expect(transfer.reasons[0]).toMatch(/^the rate tuned at width 32 diverges at widths? /);
  });

  test('where no rate lowers the loss has no best one', () => {
    const [transfer] = found({ drift: 0, divergesAbove: 8 }, {}, 0.01).transfers;
    expect(transfer.reasons).toEqual(['no rate lowers the loss at widths 32, 64, 128, 256']);
    expect(transfer.drift.value).toBeNull();
  });

  test('of one seed or two widths measures, and decides nothing', () => {
    const [one] = found({ drift: 0 }, { seeds: 1 }).transfers;
    expect(one.optima[0]).toMatchObject({ state: 'found', low: null, high: null });
    expect(one.reasons).toEqual(['fewer than 3 seeds']);
    const [two] = found({ drift: 0 }, { widths: [32, 64] }).transfers;
    expect(two.reasons).toEqual(['fewer than 3 widths']);
  });

  test('takes the final loss where it is asked for', () => {
    expect(found({ drift: 0 }, { objective: 'final' }).transfers[0].verdict).toBe('transfers');
  });
});
