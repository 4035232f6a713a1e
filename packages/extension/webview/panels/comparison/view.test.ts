import { h } from 'preact';
import { describe, expect, test } from 'vitest';
import { type Element, elementsOf } from '../../app/elements.fixture.ts';
import { comparisonAtWork } from '../../app/example-comparison.fixture.ts';
import { ComparisonView, type ComparisonViewProps } from './view.tsx';

const heard: unknown[] = [];
const hears =
  (name: string) =>
  (...said: unknown[]): void =>
    void heard.push([name, ...said]);

function view(given: Partial<ComparisonViewProps> = {}): readonly Element[] {
  heard.length = 0;
  const props = {
    shown: comparisonAtWork(),
    shownRun: 2,
    picked: false,
    layer: 2,
    theme: { color: (name: string) => `color of ${name}` },
    charts: (of: readonly { readonly name: string }[]) =>
      of.map(({ name }) => h('figure', { 'data-chart': name })),
    onPick: hears('pick'),
    onLayer: hears('layer'),
    ...given,
    // SAFETY: of a theme only colors are asked here.
  } as unknown as ComparisonViewProps;
  return elementsOf(h(ComparisonView, props));
}

const byId = (elements: readonly Element[], id: string): Element | undefined =>
  elements.find(({ props }) => props['id'] === id);
const cells = (elements: readonly Element[]): readonly Element[] =>
  elements.filter(({ props }) => props['data-cell'] !== undefined);
const press = ({ props }: Element): void => (props['onClick'] as () => void)();

describe('the table of verdicts', () => {
  test('has the slopes of the layer that is shown, and a dash where there are none', () => {
    const slopes = (layer: number): readonly string[] =>
      view({ layer })
        .filter(({ tag, props }) => tag === 'td' && props['class'] === 'slope number')
        .map(({ text }) => text.replaceAll(' ', ''));
    expect(slopes(1)).toEqual(['0.00±0.10', '+0.10±0.10', '–', '–']);
    expect(slopes(2)).toEqual(['−0.02±0.10', '−0.30±0.10', '–', '–']);
  });

  test('calls a verdict final only when every run has ended', () => {
    const head = (elements: readonly Element[]): string =>
      elements.find(({ tag }) => tag === 'th')?.text ?? '';
    expect(head(view())).toMatch(/^verdict so far, slopes of layer 2$/);
    expect(head(view({ shown: comparisonAtWork({ kind: 'finished' }) }))).toMatch(/^verdict, slopes/);
  });

  test('tells what each cell has run, and that some diverged', () => {
    expect(cells(view()).map(({ props, text }) => [props['aria-label'], text])).toEqual([
      ['μP, width 64: 1 of 1 ended', '1/1'],
      ['μP, width 256: 0 of 1 ended', '0/1'],
      ['SP, η/n, width 64: 1 of 1 ended, diverged', '✗ 1/1'],
      ['SP, η/n, width 256: 0 of 1 ended', '0/1'],
    ]);
  });

  test('shows the runs of a cell when it is pressed; one that has no point yet cannot be', () => {
    const all = cells(view());
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
    const comparison = comparisonAtWork();
    const [first, , second] = comparison.runs;
    const seeds = { ...comparison, runs: [first!, { ...second!, width: 64, seed: 1 }] };
    const pressed = (shownRun: number | null): unknown => {
      press(cells(view({ shown: seeds, shownRun }))[0]!);
      return heard.at(-1);
    };
    expect([pressed(null), pressed(0), pressed(1)]).toEqual([
      ['pick', 0],
      ['pick', 1],
      ['pick', 0],
    ]);
  });

  test('explains each row by its sentence', () => {
    const rows = view().filter(({ props }) => props['data-parametrization'] !== undefined);
    expect(rows.map(({ props }) => [props['data-parametrization'], props['title']])).toEqual([
      ['mup', 'Features keep moving.'],
      ['sp', ''],
    ]);
  });
});

describe('the charts', () => {
  test('over steps are of the run that is named above them', () => {
    expect(byId(view(), 'run')?.text).toBe('μP · width 256 · seed 0 · step 1 of 4');
    expect(byId(view({ shownRun: null }), 'run')?.text).toBe('waiting for the first step');
    const charts = view().filter(({ props }) => props['data-chart'] !== undefined);
    expect(charts.map(({ props }) => props['data-chart'])).toEqual([
      'loss',
      'movement',
      'lambdaMin',
      'effectiveRank',
      'movementByWidth',
      'lambdaMinByWidth',
    ]);
  });

  test('follow the training again on request, while there is some', () => {
    expect(byId(view(), 'follow')).toBeUndefined();
    expect(
      byId(view({ picked: true, shown: comparisonAtWork({ kind: 'finished' }) }), 'follow'),
    ).toBeUndefined();
    press(byId(view({ picked: true }), 'follow')!);
    expect(heard).toEqual([['pick', null]]);
  });

  test('against width are of a layer that can be chosen, and the first of several is said not to be judged', () => {
    const options = (elements: readonly Element[]): readonly string[] =>
      elements.filter(({ tag }) => tag === 'option').map(({ text }) => text);
    expect(options(view())).toEqual(['layer 1 (not judged)', 'layer 2']);
    const comparison = comparisonAtWork();
    const shallow = { ...comparison, plan: { ...comparison.plan, depth: 1 } };
    expect(options(view({ shown: shallow, layer: 1 }))).toEqual(['layer 1']);
    const select = byId(view(), 'layer')!;
    (select.props['onChange'] as (event: object) => void)({ currentTarget: { value: '1' } });
    expect(heard).toEqual([['layer', 1]]);
  });
});
