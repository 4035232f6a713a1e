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
  test('has the slopes of every judged layer beside what theory predicts, and a dash where there are none', () => {
    const slopes = (head: string): readonly string[] =>
      view()
        .filter(({ props }) => String(props['data-head']).startsWith(head))
        .map(({ text }) => text.replaceAll('\u00a0', ' ').trimEnd());
    expect(slopes('movement')).toEqual(['l2 −0.02 ± 0.10 (0)', 'l2 –']);
    expect(slopes('λ_min')).toEqual(['l2 −0.30 ± 0.10', 'l2 –']);
  });

  test('calls a verdict final only when every run has ended', () => {
    const heads = (elements: readonly Element[]): readonly string[] =>
      elements.filter(({ tag }) => tag === 'th').map(({ text }) => text);
    expect(heads(view())).toContain('verdict so far');
    expect(heads(view({ shown: comparisonAtWork({ kind: 'finished' }) }))).toContain('verdict');
  });

  test('tells what each cell has run, and that some diverged', () => {
    expect(cells(view()).map(({ text }) => text)).toEqual([
      '1/1 of μP at width 64 ended',
      '0/1 of μP at width 256 ended',
      '✗ 1/1 of SP, η/n at width 64 ended, diverged',
      '0/1 of SP, η/n at width 256 ended',
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

  test('stands above the sentence that decides each verdict', () => {
    const [term, reason] = view().filter(({ tag }) => tag === 'dt' || tag === 'dd');
    expect([term?.text, reason?.text]).toEqual(['μP', 'Features keep moving.']);
  });
});

describe('the charts', () => {
  test('stand in the order of what they decide: width, steps, and one run that is named above its own', () => {
    expect(byId(view(), 'run')?.text).toBe('One run: μP · width 256 · seed 0 · step 1 of 4');
    expect(byId(view({ shownRun: null }), 'run')?.text).toBe('One run: waiting for the first step');
    const charts = view().filter(({ props }) => props['data-chart'] !== undefined);
    expect(charts.map(({ props }) => props['data-chart'])).toEqual([
      ...['movement-layer-2', 'lambdaMin-layer-2', 'lambdaMinJoint-layer-2'],
      ...['loss-width-64', 'loss-width-256', 'movement-width-64', 'movement-width-256'],
      ...['loss', 'movement', 'lambdaMin', 'effectiveRank'],
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

  test('of movement over steps are of a layer that can be chosen, and the first of several is said not to be judged', () => {
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
