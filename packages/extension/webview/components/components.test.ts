import type { ComparisonState, Slope } from '@widthwise/protocol';
import { h } from 'preact';
import { describe, expect, test } from 'vitest';
import { LineChart } from '../charts/line-chart.tsx';
import { ComparisonStore, type ShownComparison } from '../comparison-store.ts';
import { exampleComparison } from '../example-comparison.ts';
import { type Element, elementsOf } from './elements.fixture.ts';
import { Empty, Panel, type PanelProps } from './panel.tsx';

const slope = (value: number): Slope => ({ value, low: value - 0.1, high: value + 0.1 });

/** The example at work: one run of μP has ended, one runs, SP has diverged at the narrow width. */
function atWork(state: ComparisonState = { kind: 'running' }): ShownComparison {
  const { runs, ...rest } = exampleComparison();
  const loss = { quantity: 'loss', layer: null, steps: [0, 1], values: [1, 0.5] } as const;
  const store = new ComparisonStore();
  store.hydrate({
    ...rest,
    state,
    progress: { finished: 2, total: 4, secondsLeft: 4 },
    runs: [
      { ...runs[0]!, state: { kind: 'finished' }, series: [loss] },
      { ...runs[1]!, state: { kind: 'diverged', atStep: 3 }, series: [loss] },
      { ...runs[2]!, state: { kind: 'running' }, series: [loss] },
      runs[3]!,
    ],
    judgement: {
      slopes: {
        mup: {
          movement: [slope(0), slope(-0.02)],
          lambdaMin: [slope(0.1), slope(-0.3)],
          lambdaMinJoint: [],
          outputChange: slope(0),
        },
      },
      verdicts: {
        mup: {
          stable: true,
          featureLearning: true,
          richness: 'rich',
          reasons: [],
          sentence: 'Features keep moving.',
        },
      },
      sentence: 'μP keeps features moving.',
    },
  });
  return store.comparison!;
}

const heard: unknown[] = [];
const hears =
  (name: string) =>
  (...said: unknown[]): void =>
    void heard.push([name, ...said]);

function panel(given: Partial<PanelProps> = {}): readonly Element[] {
  heard.length = 0;
  const props = {
    comparison: atWork(),
    lost: null,
    cancelling: false,
    shownRun: 2,
    picked: false,
    layer: 2,
    overSteps: [{ name: 'loss' }],
    overWidth: [{ name: 'movement' }, { name: 'lambdaMin' }],
    announcement: 'half is done',
    theme: { color: (name: string) => `color of ${name}` },
    draw: true,
    onCancel: hears('cancel'),
    onCompareAgain: hears('again'),
    onPick: hears('pick'),
    onLayer: hears('layer'),
    onDrawn: hears('drawn'),
    ...given,
    // SAFETY: charts and theme are handed on to what draws, which is not rendered here.
  } as unknown as PanelProps;
  return elementsOf(h(Panel, props), [LineChart as never]);
}

const byId = (elements: readonly Element[], id: string): Element | undefined =>
  elements.find(({ props }) => props['id'] === id);
const cells = (elements: readonly Element[]): readonly Element[] =>
  elements.filter(({ props }) => props['data-cell'] !== undefined);
const press = ({ props }: Element): void => (props['onClick'] as () => void)();

describe('the head of the panel', () => {
  test('says how far it is and offers to cancel while it runs', () => {
    const elements = panel();
    expect(byId(elements, 'status')).toMatchObject({ text: expect.stringMatching(/^running 2\/4/) });
    expect(elements.find(({ tag }) => tag === 'progress')?.props).toMatchObject({ value: 2, max: 4 });
    expect(byId(elements, 'again')).toBeUndefined();
    press(byId(elements, 'cancel')!);
    expect(heard).toEqual([['cancel']]);
  });

  test('cannot be cancelled twice', () => {
    expect(byId(panel(), 'cancel')?.props['disabled']).toBe(false);
    expect(byId(panel({ cancelling: true }), 'cancel')).toMatchObject({
      text: 'Cancelling…',
      props: { disabled: true },
    });
  });

  test('offers to compare again once it is over, and when the server is gone', () => {
    const over = panel({ comparison: atWork({ kind: 'finished' }) });
    expect(byId(over, 'cancel')).toBeUndefined();
    press(byId(over, 'again')!);
    expect(heard).toEqual([['again']]);
    const lost = panel({ lost: 'The server has ended.' });
    expect(byId(lost, 'cancel')).toBeUndefined();
    expect(byId(lost, 'status')).toMatchObject({ text: 'server lost', props: { 'data-state': 'lost' } });
    expect(byId(lost, 'next')?.text).toBe('The server has ended.');
  });

  test('counts layers and seeds in English', () => {
    const about = (change: object): string => {
      const comparison = atWork();
      const elements = panel({ comparison: { ...comparison, plan: { ...comparison.plan, ...change } } });
      return elements.find(({ props }) => props['class'] === 'about')?.text ?? '';
    };
    expect(about({})).toBe('tanh, 2 hidden layers · 4 steps, η = 1 · 1 seed · engine reference');
    expect(about({ depth: 1, seeds: 2 })).toBe(
      'tanh, 1 hidden layer · 4 steps, η = 1 · 2 seeds · engine reference',
    );
  });
});

describe('the table of verdicts', () => {
  test('has the slopes of the layer that is shown, and a dash where there are none', () => {
    const slopes = (layer: number): readonly string[] =>
      panel({ layer })
        .filter(({ tag, props }) => tag === 'td' && props['class'] === 'slope number')
        .map(({ text }) => text.replaceAll(' ', ''));
    expect(slopes(1)).toEqual(['0.00±0.10', '+0.10±0.10', '–', '–']);
    expect(slopes(2)).toEqual(['−0.02±0.10', '−0.30±0.10', '–', '–']);
  });

  test('calls a verdict final only when every run has ended', () => {
    const head = (elements: readonly Element[]): string =>
      elements.find(({ tag }) => tag === 'th')?.text ?? '';
    expect(head(panel())).toMatch(/^verdict so far, slopes of layer 2$/);
    expect(head(panel({ comparison: atWork({ kind: 'finished' }) }))).toMatch(/^verdict, slopes/);
  });

  test('tells what each cell has run, and that some diverged', () => {
    expect(cells(panel()).map(({ props, text }) => [props['aria-label'], text])).toEqual([
      ['μP, width 64: 1 of 1 ended', '1/1'],
      ['μP, width 256: 0 of 1 ended', '0/1'],
      ['SP, η/n, width 64: 1 of 1 ended, diverged', '✗ 1/1'],
      ['SP, η/n, width 256: 0 of 1 ended', '0/1'],
    ]);
  });

  test('shows the runs of a cell when it is pressed; one that has no point yet cannot be', () => {
    const all = cells(panel());
    expect(all.map(({ props }) => [props['aria-pressed'], props['disabled']])).toEqual([
      [false, false],
      [true, false],
      [false, false],
      [false, true],
    ]);
    for (const cell of all) press(cell);
    expect(heard).toEqual([
      ['pick', 0],
      ['pick', 2],
      ['pick', 1],
    ]);
  });

  test('goes through the seeds of a cell, one press after the other', () => {
    const comparison = atWork();
    const [first, , second] = comparison.runs;
    const seeds = { ...comparison, runs: [first!, { ...second!, width: 64, seed: 1 }] };
    const pressed = (shownRun: number | null): unknown => {
      press(cells(panel({ comparison: seeds, shownRun }))[0]!);
      return heard.at(-1);
    };
    expect([pressed(null), pressed(0), pressed(1)]).toEqual([
      ['pick', 0],
      ['pick', 1],
      ['pick', 0],
    ]);
  });

  test('explains each row by its sentence', () => {
    const rows = panel().filter(({ props }) => props['data-parametrization'] !== undefined);
    expect(rows.map(({ props }) => [props['data-parametrization'], props['title']])).toEqual([
      ['mup', 'Features keep moving.'],
      ['sp', ''],
    ]);
  });
});

describe('the charts', () => {
  test('over steps are of the run that is named above them', () => {
    expect(byId(panel(), 'run')?.text).toBe('μP · width 256 · seed 0 · step 1 of 4');
    expect(byId(panel({ shownRun: null }), 'run')?.text).toBe('waiting for the first step');
    const charts = panel().filter(({ tag }) => tag === 'LineChart');
    expect(charts.map(({ props }) => props['chart'])).toEqual(
      ['loss', 'movement', 'lambdaMin'].map((name) => ({ name })),
    );
  });

  test('follow the training again on request, while there is some', () => {
    expect(byId(panel(), 'follow')).toBeUndefined();
    expect(byId(panel({ picked: true, comparison: atWork({ kind: 'finished' }) }), 'follow')).toBeUndefined();
    press(byId(panel({ picked: true }), 'follow')!);
    expect(heard).toEqual([['pick', null]]);
  });

  test('against width are of a layer that can be chosen, and the first of several is said not to be judged', () => {
    const options = (elements: readonly Element[]): readonly string[] =>
      elements.filter(({ tag }) => tag === 'option').map(({ text }) => text);
    expect(options(panel())).toEqual(['layer 1 (not judged)', 'layer 2']);
    const comparison = atWork();
    const shallow = { ...comparison, plan: { ...comparison.plan, depth: 1 } };
    expect(options(panel({ comparison: shallow, layer: 1 }))).toEqual(['layer 1']);
    const select = byId(panel(), 'layer')!;
    (select.props['onChange'] as (event: object) => void)({ currentTarget: { value: '1' } });
    expect(heard).toEqual([['layer', 1]]);
  });
});

describe('without a comparison', () => {
  const empty = (hydrated: boolean, lost: string | null): readonly Element[] => {
    heard.length = 0;
    return elementsOf(h(Empty, { hydrated, lost, onCompare: hears('compare') }));
  };

  test('the panel waits for the host, then offers to compare', () => {
    expect(empty(false, null).map(({ text }) => text)).toEqual(Array(2).fill('Reading the comparison…'));
    const hydrated = empty(true, null);
    expect(byId(hydrated, 'status')).toMatchObject({
      text: 'Nothing compared yet.',
      props: { 'data-state': 'empty' },
    });
    press(byId(hydrated, 'again')!);
    expect(heard).toEqual([['compare']]);
  });

  test('the panel says that the server is gone, also before the host has said anything', () => {
    const lost = empty(false, 'The server has ended.');
    expect(byId(lost, 'status')).toMatchObject({
      text: 'The server has ended.',
      props: { 'data-state': 'lost' },
    });
    expect(byId(lost, 'again')).toBeDefined();
  });
});
