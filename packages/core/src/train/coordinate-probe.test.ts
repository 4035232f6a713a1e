import { describe, expect, test } from 'vitest';
import { ORACLE_NETWORKS, oracleData, oracleSpec, oracleWeights } from '../../test/coordinate-oracle.ts';
import { smallSpec, trained } from '../../test/small-run.ts';
import { referenceEngine } from '../engines/reference/reference-engine.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
import { PARAMETRIZATIONS } from '../parametrization/table.ts';
import { runHash } from '../run/run-hash.ts';
import type { Series } from '../run/run-result.ts';
import type { RunSpec } from '../run/run-spec.ts';
import { coordinateProbe } from './coordinate-probe.ts';

describe.each(ORACLE_NETWORKS)('coordinates of $name', ({ parametrization, recorded }) => {
  test.each(recorded.steps)('are met step by step at width $width', ({ width, sizes, updates }) => {
    const spec = oracleSpec(parametrization, width);
    const scaling = concreteScaling(spec);
    const session = referenceEngine.open(spec);
    session.setData(oracleData);
    session.setParams(
      oracleWeights(
        width,
        scaling.map(({ initStd }) => initStd),
      ),
    );

    const probe = coordinateProbe(session, spec);
    for (const step of spec.probe.steps) {
      if (step > 0)
        session.step(
          1,
          scaling.map(({ learningRate }) => learningRate),
        );
      const points = probe.observe(step)?.points ?? [];
      for (const [quantity, recordedSizes] of [
        ['coordinateSize', sizes],
        ['coordinateUpdate', updates],
      ] as const) {
        const values = points.filter((point) => point.quantity === quantity).map(({ value }) => value);
        // Both compute in float64; the largest sum has 64 products, and three steps pass errors on.
        expect(values).toBeCloseToAll(
          recordedSizes.map((ofLayer) => ofLayer[step]),
          { rtol: 1e-11, atol: 1e-14 },
        );
      }
    }
  });
});

describe('a run whose plan asks for coordinates', () => {
  const features = smallSpec(PARAMETRIZATIONS.mup);
  const coordinates = { ...features, probe: { ...features.probe, measures: 'coordinates' as const } };

  test('records size and update of every layer, readout included, and no features', () => {
    const { result } = trained(coordinates);
    expect(result.series.map(({ quantity, layer }) => [quantity, layer])).toEqual([
      ['loss', null],
      ['outputChange', null],
      ...[1, 2, 3, 4].flatMap((layer) => [
        ['coordinateSize', layer],
        ['coordinateUpdate', layer],
      ]),
    ]);
    expect(result.layers).toEqual([]);
  });

  test('looks at weights at the last step, where the plan asks for them', () => {
    const weights = { ...coordinates.probe, weights: 'norms' as const };
    const seriesOf = (spec: RunSpec, quantity: string, layer: number): Series | undefined =>
      trained(spec).result.series.find((each) => each.quantity === quantity && each.layer === layer);
    const spec = { ...coordinates, probe: weights };
    for (const layer of [1, 2, 3, 4]) {
      expect(seriesOf(spec, 'spectralNorm', layer)?.steps).toEqual([coordinates.steps]);
      expect(seriesOf(spec, 'spectralUpdate', layer)?.steps).toEqual([coordinates.steps]);
      expect(seriesOf(spec, 'alignment', layer)?.steps).toEqual(
        layer === 1 ? undefined : [coordinates.steps],
      );
    }
    // A Gaussian n × n matrix of entries 1/n has a norm of about 2, whatever n is.
    const untrained = { ...coordinates, steps: 0, probe: { ...weights, steps: [0] } };
    const [norm] = seriesOf(untrained, 'spectralNorm', 2)?.values ?? [];
    expect(norm).toBeGreaterThan(1.7);
    expect(norm).toBeLessThan(2.2);
    expect(seriesOf(untrained, 'spectralUpdate', 2)).toBeUndefined();
  });

  test('trains as the one that asks for features, and is another run', () => {
    const [one, other] = [trained(coordinates).result, trained(features).result];
    expect(one.series[0]).toEqual(other.series[0]);
    expect(one.loss).toEqual(other.loss);
    expect(runHash(coordinates)).not.toBe(runHash(features));
  });

  test('ends where coordinates are too large to measure', () => {
    const { result } = trained({
      ...coordinates,
      constants: { ...coordinates.constants, learningRate: 1e300 },
    });
    expect(result.state).toBe('diverged');
    expect(result.series.every(({ steps }) => steps.length === 1)).toBe(true);
  });
});
