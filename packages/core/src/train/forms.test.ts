import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { smallSpec, trained } from '../../test/small-run.ts';
import { IP_FORMS, MUP_FORMS } from '../parametrization/forms.ts';
import { gaugeShift } from '../parametrization/gauge.ts';
import type { Parametrization } from '../parametrization/parametrization.ts';
import { PARAMETRIZATIONS } from '../parametrization/table.ts';
import type { LayerOutcome, SeriesPoint, StepRecord } from '../run/run-result.ts';

interface Trajectory {
  readonly records: readonly StepRecord[];
  readonly layers: readonly LayerOutcome[];
  readonly loss: readonly (number | null)[];
}

function trajectory(parametrization: Parametrization, width: number): Trajectory {
  const { records, result } = trained(smallSpec(parametrization, { width }));
  return { records, layers: result.layers, loss: result.loss };
}

function pointsOf({ records }: Trajectory): readonly SeriesPoint[] {
  return records.flatMap((record) => (record.kind === 'step' ? record.points : []));
}

const roles = <Value>(
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<{ input: Value; hidden: Value; output: Value }> =>
  fc.record({ input: value, hidden: value, output: value });
const halves = roles(fc.integer({ min: -6, max: 6 }).map((k) => k / 2));
const any = roles(fc.double({ min: -2, max: 2, noNaN: true }));
const parametrization = fc.constantFrom(...Object.values(PARAMETRIZATIONS));

describe('forms of one parametrization', () => {
  test.each([64, 256])('train bit for bit alike at width %i: μP of tables 3, 8 and 9', (width) => {
    const [poster, ...others] = MUP_FORMS.map((form) => trajectory(form, width));
    expect(pointsOf(poster).length).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual(poster);
  });

  test.each([64, 256])(
    'train bit for bit alike at width %i: IP of the poster and with unit initialization',
    (width) => {
      const [poster, naive] = IP_FORMS.map((form) => trajectory(form, width));
      expect(naive).toEqual(poster);
    },
  );

  test.prop([parametrization, halves, fc.constantFrom(16, 64)], { numRuns: 25 })(
    'train bit for bit alike under a gauge shift by halves, at powers of four',
    (p, theta, width) => {
      expect(trajectory(gaugeShift(p, theta), width)).toEqual(trajectory(p, width));
    },
  );

  // Every factor n^e carries a relative error of |e|·log n·ε ≤ 6·5·ε ≈ 7·10⁻¹⁵, which four steps do not amplify
  // a hundredfold. An eigenvalue inherits it relative to the largest of the Gram, here below 1.
  test.prop([fc.constantFrom('sp', 'ntp', 'ip', 'mup'), any, fc.integer({ min: 5, max: 70 })], {
    numRuns: 25,
  })('train alike to 1e-12 under any gauge shift at any width', (id, theta, width) => {
    const p = PARAMETRIZATIONS[id];
    const [plain, shifted] = [p, gaugeShift(p, theta)].map((form) => pointsOf(trajectory(form, width)));
    expect(shifted.map(({ quantity, layer }) => [quantity, layer])).toEqual(
      plain.map(({ quantity, layer }) => [quantity, layer]),
    );
    const values = (points: readonly SeriesPoint[]): readonly number[] => points.map(({ value }) => value);
    expect(values(shifted)).toBeCloseToAll(values(plain), { rtol: 1e-12, atol: 1e-12 });
  });
});
