import { expect, test } from 'vitest';
import { depthCheck } from './depth-check.ts';
import type { LayerRecord, RunRecord } from './run-record.ts';

const DEPTHS = [4, 8, 16, 32];

function layer(name: string, size: number, seed: number): LayerRecord {
  const noise = 1 + 0.01 * Math.sin(7 * seed + name.length);
  const none = [null, null];
  return {
    layer: name,
    kind: 'Block',
    shape: [8, 64],
    line: null,
    size: [size * noise, size * noise],
    update: [0, size * noise],
    gradient: [],
    input: none,
    inputUpdate: none,
    own: none,
    carried: none,
  };
}

/** Networks whose last block has a size that goes with the depth, and whose blocks have parts that do so, too. */
function check(last: (depth: number) => number): ReturnType<typeof depthCheck> {
  const runs = DEPTHS.flatMap((depth) =>
    [0, 1, 2].map(
      (seed): RunRecord => ({
        event: 'run',
        width: depth,
        seed,
        losses: [1, 1 + seed],
        stoppedAt: null,
        layers: [
          layer('embed.0', 1, seed),
          layer('embed.1', 1, seed),
          ...Array.from({ length: depth }, (_, at) => [
            layer(`h.${at}.mlp`, 1 / depth, seed),
            layer(`h.${at}`, at === depth - 1 ? last(depth) : 1, seed),
          ]).flat(),
          layer('norm', 1, seed),
        ],
        output: 'norm',
        weights: [],
        isOptimized: true,
        hadDropout: false,
        seconds: 0,
      }),
    ),
  );
  return depthCheck({ runs, asked: { seeds: 3, steps: 1 } });
}

test('last blocks are compared, and neither what is inside of them nor the ones before is judged', () => {
  const { verdict, layers } = check(() => 1);
  expect(verdict).toBe('pass');
  expect([...new Set(layers.map((one) => one.layer))]).toEqual(['embed.0', 'embed.1', 'h.last', 'norm']);
});

test('what is handed on fails where it grows with the depth', () => {
  const { verdict, layers } = check((depth) => Math.sqrt(depth));
  expect(verdict).toBe('fail');
  const failing = layers.filter((one) => one.verdict === 'fail');
  expect(new Set(failing.map((one) => one.layer))).toEqual(new Set(['h.last']));
});
