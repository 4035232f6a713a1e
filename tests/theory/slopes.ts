import { PARAMETRIZATIONS, type ParametrizationId } from '@widthwise/core';
import { logLogSlope } from '@widthwise/core/theory';
import {
  collect,
  initialSizes,
  type PointsByMeasure,
  scalingMeasures,
  scalingSpec,
  signedGaussians,
  trained,
} from '../transfer/scaling-run.ts';
import type { TheoryRow } from './row.ts';

const WIDTHS = [128, 256, 512, 1024];
const SEEDS = 4;
/** Terms of the next order in 1/n bend power laws at these widths. */
const MARGIN = 0.1;

const THEORY: readonly (readonly [ParametrizationId, Readonly<Record<string, number>>])[] = [
  ['sp', { Δf: 0, Δh1: -1.5, Δh2: -0.5, Δh3: -0.5, 'λ_min x2 trained': 0, 'λ_min x3 trained': 0 }],
  ['ntp', { Δf: 0, Δh1: -0.5, Δh2: -0.5, Δh3: -0.5, 'λ_min x2 trained': 0, 'λ_min x3 trained': 0 }],
  ['ip', { Δf: -1, Δh1: -1, Δh2: -0.5, Δh3: -1, 'λ_min x2 trained': -1, 'λ_min x3 trained': -2 }],
  ['mup', { Δf: 0, Δh1: 0, Δh2: 0, Δh3: 0, 'λ_min x2 trained': 0, 'λ_min x3 trained': 0 }],
];

/** T3: slopes after four steps, L = 3, tanh, six samples. */
export function slopeRows(): readonly TheoryRow[] {
  const dataset = signedGaussians(0);
  return THEORY.map(([id, theory]): TheoryRow => {
    const points: PointsByMeasure = new Map();
    for (const width of WIDTHS) {
      for (let seed = 0; seed < SEEDS; seed++) {
        const asked = { width, seed, steps: 4, learningRate: 0.5, reduction: 'sum' } as const;
        const spec = scalingSpec(PARAMETRIZATIONS[id], dataset, asked);
        const measures = scalingMeasures(trained(spec, dataset), initialSizes(spec, dataset));
        for (const name of Object.keys(theory)) collect(points, name, { width, value: measures[name] });
      }
    }
    const found = Object.entries(theory).map(([name, exponent]) => {
      const slope = logLogSlope(points.get(name) ?? []);
      const holds = slope.low! - MARGIN <= exponent && exponent <= slope.high! + MARGIN;
      return { name, exponent, holds, text: `${name} ${slope.value!.toFixed(2)}` };
    });
    return {
      id: 'T3',
      states: `slopes of ${PARAMETRIZATIONS[id].label}, 4 steps, n = ${WIDTHS[0]}…${WIDTHS.at(-1)}, ${SEEDS} seeds`,
      expected: Object.entries(theory)
        .map(([name, exponent]) => `${name} ${exponent}`)
        .join(', '),
      computed: found.map(({ text, holds }) => (holds ? text : `${text} ✗`)).join(', '),
      holds: found.every(({ holds }) => holds),
    };
  });
}
