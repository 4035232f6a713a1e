import { describe, expect, test } from 'vitest';
import type { StaticReading } from '../against-static.ts';
import { builtModel } from '../built-model.ts';
import { type BuiltCheck, builtCheck } from './built-check.ts';
import type { LayerRecord, RunRecord } from './run-record.ts';

const WIDTHS = [64, 128, 256, 512];

/** What a layer does at each width: its start and update, and of it what is its input's and what its own weight's. */
interface Does {
  readonly size?: (n: number) => number;
  readonly update?: (n: number) => number;
  readonly inputUpdate?: (n: number) => number;
  readonly own?: (n: number) => number;
  readonly carried?: (n: number) => number;
  readonly shape?: (n: number) => readonly number[];
  readonly rows?: number;
  /** ‖ΔW‖₂·√(fan-in/fan-out) of its weight. */
  readonly spectral?: (n: number) => number;
  /** How far seeds scatter around the update at width 1, in its logarithm. */
  readonly scatter?: number;
  /** What the first step changes, and its own weight by that, where it is not what later ones do. */
  readonly decayed?: (n: number) => number;
  /** By its coordinates, at each step. */
  readonly gradient?: readonly number[];
  /** False of what is no weight applied to one input. */
  readonly isWeight?: boolean;
}

const one = (): number => 1;

function layer(name: string, width: number, seed: number, does: Does): LayerRecord {
  // A percent more or less, another in each run.
  const noise = 1 + 0.01 * Math.sin(7 * seed + width + name.length);
  const at = (of: (n: number) => number, start: number) => [start, of(width) * noise, of(width) * noise];
  const { size = one, update = one, inputUpdate = one, own = one, carried = one, scatter = 0 } = does;
  const atFirst = ([start, later, last]: readonly number[]) => [
    start!,
    does.decayed?.(width) ?? later!,
    last!,
  ];
  const scattered = Math.exp((scatter * (seed - 1)) / Math.sqrt(width));
  return {
    layer: name,
    kind: 'Linear',
    shape: does.shape?.(width) ?? [does.rows ?? 8, width],
    line: null,
    size: at(size, size(width) * noise),
    update: atFirst(at((n) => update(n) * scattered, 0)),
    gradient: does.gradient ?? [],
    input: does.isWeight === false ? [null, null, null] : [1, 1, 1],
    inputUpdate: at(inputUpdate, 0),
    own: atFirst(at(own, 0)),
    carried: at(carried, 0),
  };
}

interface Network {
  readonly layers: Readonly<Record<string, Does>>;
  readonly more?: Partial<RunRecord>;
  readonly seeds?: number;
  readonly widths?: readonly number[];
  /** Whether all seeds give the same numbers. */
  readonly isSeeded?: boolean;
  /** The power of one step on a gradient of rank one. */
  readonly update?: number;
  /** Whether the readout is an embedding as well. */
  readonly isTied?: boolean;
  readonly readings?: ReadonlyMap<string, StaticReading>;
}

function checked(network: Network): BuiltCheck {
  const {
    layers,
    more = {},
    seeds = 3,
    isSeeded = false,
    update = 0,
    widths = WIDTHS,
    isTied = false,
    readings = new Map(),
  } = network;
  const runs = widths.flatMap((width) =>
    Array.from({ length: seeds }, (_, seed): RunRecord => {
      const own = isSeeded ? 0 : seed;
      return {
        event: 'run',
        width,
        seed,
        losses: [1, 1 + own, 1],
        stoppedAt: null,
        layers: Object.entries(layers).map(([name, does]) => layer(name, width, own, does)),
        output: 'head',
        weights: Object.entries(layers).flatMap(([name, { spectral }]) =>
          spectral === undefined
            ? []
            : [{ name: `${name}.weight`, norm: [1, 1, 1], update: [0, spectral(width), spectral(width)] }],
        ),
        isOptimized: true,
        hadDropout: false,
        seconds: 1,
        ...more,
      };
    }),
  );
  const model = builtModel(
    widths.slice(0, 3).map((width) => ({
      event: 'width',
      width,
      model: 'Net',
      source: null,
      strangers: 0,
      warmedUp: 0,
      stepWhy: null,
      seconds: 1,
      groups: [
        {
          optimizer: 'Adam',
          learningRate: 1e-3,
          weightDecay: 0,
          betas: null,
          epsilon: null,
          momentum: null,
          others: {},
        },
      ],
      parameters: ['fc', 'head'].map((name) => ({
        name: `${name}.weight`,
        aliases: isTied && name === 'head' ? ['embedding.weight'] : [],
        shape: name === 'fc' ? [width, width] : [10, width],
        dtype: 'float32',
        isLookup: false,
        isOriented: true,
        isTrained: true,
        isFused: false,
        into: [1],
        stacked: [],
        start: { size: width ** -0.5, mean: 0, isConstant: false, error: 1e-3 },
        groups: [0],
        step: {
          update: width ** update,
          updateOfFullRank: width ** update,
          decayed: 0,
        },
        lines: { made: ['net.py', 1], start: ['net.py', 2], group: ['net.py', 3] },
      })),
    })),
  );
  return builtCheck({ runs, asked: { seeds, steps: 2 }, model, findings: [], readings });
}

const READOUT: Does = { shape: () => [8, 10], size: (n) => n ** -0.5 };

test('passes a network that keeps its sizes and moves, with a readout that starts small', () => {
  expect(checked({ layers: { fc: {}, head: READOUT } })).toMatchObject({
    verdict: 'pass',
    suspects: [],
    reasons: [],
  });
});

describe('where a failure begins', () => {
  test('is the rate of the weight whose own part of the change grows', () => {
    const { verdict, suspects } = checked({
      layers: {
        fc: { update: (n) => n, own: (n) => n },
        head: { ...READOUT, update: (n) => n, inputUpdate: (n) => n, carried: (n) => n },
      },
      update: 1,
    });
    expect(verdict).toBe('fail');
    expect(suspects).toMatchObject([
      {
        cause: 'rate',
        parameters: ['fc.weight'],
        exponent: { name: 'c', is: 0, wants: 1 },
        line: ['net.py', 3],
      },
    ]);
  });

  test('is no weight whose step is right as it is built and used, though its gradient makes it move too far', () => {
    const row = { a: 0, isTied: false, role: 'hidden' } as StaticReading['row'];
    const readings = new Map([['fc.weight', { row, disagreements: [], same: [] }]]);
    const fc: Does = { update: (n) => n ** 0.5, own: (n) => n ** 0.5 };
    const head: Does = {
      ...READOUT,
      size: one,
      update: (n) => n,
      inputUpdate: (n) => n ** 0.5,
      carried: (n) => n,
    };
    const causes = ({ suspects }: BuiltCheck) =>
      suspects.map(({ cause, parameters }) => [cause, ...parameters]);
    expect(causes(checked({ layers: { fc, head } }))).toContainEqual(['rate', 'fc.weight']);
    expect(causes(checked({ layers: { fc, head }, readings }))).toEqual([['start', 'head.weight']]);
    expect(checked({ layers: { fc, head: READOUT }, readings }).suspects).toMatchObject([
      {
        cause: 'rate',
        parameters: ['fc.weight'],
        exponent: null,
        problems: [expect.stringContaining('not known')],
      },
    ]);
  });

  test('is the start of the weight that makes more of a change than it is given', () => {
    const head: Does = { ...READOUT, size: one, update: (n) => n ** 0.5, carried: (n) => n ** 0.5 };
    expect(checked({ layers: { fc: {}, head } }).suspects).toMatchObject([
      {
        cause: 'start',
        parameters: ['head.weight'],
        exponent: { name: 'b', is: 0.5, wants: 1 },
        line: ['net.py', 2],
      },
    ]);
  });

  test('is no rate where the weight itself moves as far at every width, whatever it is aligned with', () => {
    const grows = (n: number) => n ** 0.5;
    const fc: Does = { size: grows, update: (n) => n ** 0.3, own: (n) => n ** 0.27, spectral: one };
    expect(checked({ layers: { fc, head: READOUT } }).suspects.map(({ cause }) => cause)).toEqual(['start']);
  });

  test('is a rate without an exponent where no multiple of ½ stands alone', () => {
    const suspectsAt = (power: number) => {
      const grows = (n: number) => n ** power * (1 + 0.5 * Math.sin(n));
      const fc: Does = { update: (n) => n, own: (n) => n, spectral: grows };
      return checked({ layers: { fc, head: READOUT }, update: 1 }).suspects.map(({ exponent }) => exponent);
    };
    expect(suspectsAt(0.75)).toEqual([null]);
    expect(suspectsAt(0.25)).toEqual([]);
  });

  test('is one cause of a readout that is the embedding, too: what multiplies it there mends start and updates', () => {
    const grows = (n: number) => n ** 0.5;
    const head: Does = { ...READOUT, size: grows, update: grows, own: grows };
    const found = (isTied: boolean) =>
      checked({ layers: { fc: {}, head }, isTied }).suspects.map(({ cause, problems }) => [
        cause,
        ...problems,
      ]);
    expect(found(true)).toEqual([['start', expect.stringContaining('it moves too far there as well')]]);
    expect(found(false)).toEqual([['start'], ['rate']]);
  });

  test('is not a weight that hands on what it is given', () => {
    const grows = (n: number) => n ** 0.5;
    const { verdict, suspects } = checked({
      layers: { fc: { update: grows, inputUpdate: grows, carried: grows }, head: READOUT },
    });
    expect({ verdict, suspects }).toEqual({ verdict: 'fail', suspects: [] });
  });
});

describe('a verdict is left open', () => {
  test('where a slope is no power that theory knows and no weight explains it', () => {
    const { verdict, reasons } = checked({ layers: { fc: { update: (n) => n ** -0.27 }, head: READOUT } });
    expect(verdict).toBe('undecided');
    expect(reasons).toMatchObject([{ kind: 'between', layer: 'fc', what: 'update' }]);
  });

  test('where a weight moves further in wider networks, and what it makes does not yet', () => {
    const fc: Does = { spectral: (n) => n };
    const { verdict, layers, reasons } = checked({ layers: { fc, head: READOUT }, update: 1 });
    expect(verdict).toBe('undecided');
    expect(layers.filter(({ verdict: own }) => own !== 'pass').map(({ layer: of }) => of)).toEqual(['fc']);
    expect(reasons).toMatchObject([{ kind: 'outgrown', layers: ['fc'] }]);
  });

  test('where networks are so narrow that terms of order 1/n have slopes', () => {
    // 1 + 16/n, which a wide network has none of.
    const layers = { fc: {}, attention: { size: (n: number) => 1 + 16 / n, isWeight: false } };
    const { verdict, reasons } = checked({ layers, widths: [8, 16, 24, 32] });
    expect(verdict).toBe('undecided');
    expect(reasons).toContainEqual(expect.objectContaining({ kind: 'narrow', width: 8, least: 32 }));
  });

  test('where updates shrink and a step sees many rows for the width', () => {
    const drowned: Does = { rows: 512, update: (n) => n ** -0.5, own: (n) => n ** -0.5 };
    const { verdict, suspects, reasons } = checked({ layers: { fc: drowned, head: READOUT } });
    expect({ verdict, suspects }).toEqual({ verdict: 'undecided', suspects: [] });
    expect(reasons).toMatchObject([{ kind: 'crowded', rows: 16, width: 64 }]);
  });

  test('where many rows hide that a step grows with the width', () => {
    const { verdict, reasons } = checked({ layers: { fc: { rows: 512 }, head: READOUT }, update: 0.5 });
    expect(verdict).toBe('undecided');
    expect(reasons).toEqual([{ kind: 'masked', layer: 'fc', rows: 512 }]);
  });

  test.each([
    ['every seed gives the same numbers', { isSeeded: true }, { kind: 'same-seeds' }],
    ['there are two seeds', { seeds: 2 }, { kind: 'few-seeds', least: 3 }],
    ['there is no optimizer', { more: { isOptimized: false } }, { kind: 'no-optimizer' }],
  ] as const)('where %s', (_, network, reason) => {
    const { verdict, reasons } = checked({ layers: { fc: {}, head: READOUT }, ...network });
    expect(verdict).toBe('undecided');
    expect(reasons).toContainEqual(reason);
  });
});

describe('a failure that one of all slopes has by chance', () => {
  const chance: Does = { update: (n) => n ** 0.4, scatter: 2.6 };
  const others = { a: {}, b: {}, c: {}, d: {}, head: READOUT };

  test('leaves the check open, and says how many seeds would tell', () => {
    const { verdict, layers, suspects, reasons } = checked({ layers: { fc: chance, ...others } });
    expect({ verdict, suspects }).toEqual({ verdict: 'undecided', suspects: [] });
    expect(layers.filter(({ open }) => open === 'chance').map(({ layer: of, step }) => [of, step])).toEqual([
      ['fc', 1],
      ['fc', 2],
    ]);
    const by = { kind: 'seeds', seeds: expect.any(Number) };
    expect(reasons).toMatchObject([{ kind: 'chance', layer: 'fc', what: 'update', slopes: 12, by }]);
  });

  test('stands where a weight explains it beyond that', () => {
    const fc: Does = { ...chance, own: (n) => n ** 0.5 };
    const { verdict, suspects } = checked({ layers: { fc, ...others } });
    expect(verdict).toBe('fail');
    expect(suspects).toMatchObject([{ cause: 'rate', parameters: ['fc.weight'], isBeyondChance: true }]);
  });

  test('stands beside one that is beyond chance', () => {
    const grows: Does = { update: (n) => n, own: (n) => n };
    const { verdict, layers } = checked({ layers: { fc: chance, ...others, a: grows } });
    expect(verdict).toBe('fail');
    expect(layers.some(({ open }) => open !== null)).toBe(false);
  });
});

test('no failure is believed of seeds that give the same numbers', () => {
  const { verdict, suspects } = checked({
    layers: { fc: { update: (n) => n, own: (n) => n }, head: READOUT },
    update: 1,
    isSeeded: true,
  });
  expect({ verdict, suspects }).toEqual({ verdict: 'undecided', suspects: [] });
});

test('widths of which a seed is missing are left out', () => {
  const { widths } = builtCheck({ runs: [], asked: { seeds: 3, steps: 2 }, model: null, findings: [] });
  expect(widths).toEqual([]);
});

test('logits may start small and shrink, and not grow', () => {
  const logits = (update: (n: number) => number): BuiltCheck['verdict'] =>
    checked({
      layers: {
        fc: {},
        'fc logits': { shape: () => [1, 8, 8], size: (n) => n ** -0.5, update, carried: update },
        head: READOUT,
      },
    }).verdict;
  expect([logits((n) => n ** -0.3), logits((n) => n ** 0.5)]).toEqual(['pass', 'fail']);
});

test.each([
  ['before it is trained', { stoppedAt: 0, losses: [null] }, 0],
  ['after a step', { stoppedAt: 1, losses: [1, null] }, 1],
])(
  'a model whose loss is not finite at any width, %s, fails for that, whatever else is open',
  (_, more, step) => {
    const { verdict, reasons } = checked({ layers: { head: {} }, widths: [64, 128], more });
    expect({ verdict, reasons }).toEqual({ verdict: 'fail', reasons: [{ kind: 'unstable', step }] });
  },
);

describe('behind a readout of zeros, the first step lets weights decay and no more', () => {
  const decayed = (n: number): number => 1 / n;
  const hidden = (gradient: readonly number[]): BuiltCheck =>
    checked({ layers: { fc: { decayed, gradient }, head: { gradient: [1, 1, 1] } } });

  test('which is not judged where no gradient has reached them, nor any before them', () => {
    const { verdict, suspects } = hidden([0, 1, 1]);
    expect({ verdict, suspects }).toEqual({ verdict: 'pass', suspects: [] });
  });

  test('and fails where one has', () => {
    const { verdict, suspects } = hidden([1, 1, 1]);
    expect(verdict).toBe('fail');
    expect(suspects).toMatchObject([{ cause: 'rate', parameters: ['fc.weight'], step: 1 }]);
  });
});
