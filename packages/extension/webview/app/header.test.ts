import { h } from 'preact';
import { expect, test } from 'vitest';
import { comparisonPanel } from '../panels/comparison/panel.tsx';
import { type Element, elementsOf } from './elements.fixture.ts';
import { comparisonAtWork } from './example-comparison.fixture.ts';
import { Header } from './header.tsx';

const heard: unknown[] = [];
const hears =
  (name: string) =>
  (...said: unknown[]): void =>
    void heard.push([name, ...said]);

function header(given: object = {}): readonly Element[] {
  heard.length = 0;
  const props = {
    shown: comparisonAtWork(),
    panel: comparisonPanel,
    lost: null,
    cancelling: false,
    onCancel: hears('cancel'),
    onRunAgain: hears('again'),
    onAsk: hears('ask'),
    ...given,
  };
  return elementsOf(h(Header, props as never));
}

const byId = (elements: readonly Element[], id: string): Element | undefined =>
  elements.find(({ props }) => props['id'] === id);
const press = ({ props }: Element): void => (props['onClick'] as () => void)();

test('says how far it is and offers to cancel while it runs', () => {
  const elements = header();
  expect(byId(elements, 'status')).toMatchObject({ text: expect.stringMatching(/^running 2\/4/) });
  expect(elements.find(({ tag }) => tag === 'progress')?.props).toMatchObject({ value: 2, max: 4 });
  expect(byId(elements, 'again')).toBeUndefined();
  press(byId(elements, 'cancel')!);
  expect(heard).toEqual([['cancel']]);
});

test('cannot be cancelled twice', () => {
  expect(byId(header(), 'cancel')?.props['disabled']).toBe(false);
  expect(byId(header({ cancelling: true }), 'cancel')).toMatchObject({
    text: 'Cancelling…',
    props: { disabled: true },
  });
});

test('offers to compare again once it is over, and when the server is gone', () => {
  const over = header({ shown: comparisonAtWork({ kind: 'finished' }) });
  expect(byId(over, 'cancel')).toBeUndefined();
  press(byId(over, 'again')!);
  expect(heard).toEqual([['again']]);
  const lost = header({ lost: 'The server has ended.' });
  expect(byId(lost, 'cancel')).toBeUndefined();
  expect(byId(lost, 'status')).toMatchObject({ text: 'server lost', props: { 'data-state': 'lost' } });
  expect(byId(lost, 'next')?.text).toBe('The server has ended.');
});

test('offers what may come next: more seeds, settings, the report of what has finished, all runs', () => {
  const next = ['more', 'settings', 'report', 'runs'];
  const over = header({ shown: comparisonAtWork({ kind: 'finished' }) });
  for (const id of next) press(byId(over, id)!);
  expect(byId(over, 'more')?.text).toBe('More seeds: 2');
  expect(heard).toEqual([
    ['again', 2],
    ['ask', 'settings'],
    ['ask', 'report'],
    ['ask', 'runs'],
  ]);
  expect(next.map((id) => byId(header(), id)?.props['disabled'] ?? false)).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test('what has finished stays so when its server is restarted', () => {
  const over = header({ shown: comparisonAtWork({ kind: 'finished' }), lost: 'The server has ended.' });
  expect(byId(over, 'status')?.props).toMatchObject({ 'data-state': 'finished' });
  expect(byId(over, 'next')?.text).not.toContain('ended');
});

test('says what was trained, counted in English, and that it is not their model', () => {
  const about = (change: object): string => {
    const shown = comparisonAtWork();
    const elements = header({ shown: { ...shown, plan: { ...shown.plan, ...change } } });
    return elements.find(({ props }) => props['class'] === 'about')?.text ?? '';
  };
  expect(about({})).toBe(
    'Trained: a bias-free tanh network with 2 hidden layers on digits, 64 samples; full-batch gradient descent on ½‖f − y‖², 4 steps, η = 1; 1 seed a width. It is built in, not your model.',
  );
  expect(about({ depth: 1, seeds: 2 })).toMatch(/with 1 hidden layer on .*; 2 seeds a width/);
});

test('says before the end what no run will change', () => {
  expect(byId(header(), 'foreseen')).toBeUndefined();
  const shown = comparisonAtWork();
  const foreseen = ['richness will not be measured: it takes 3 seeds'];
  const elements = header({ shown: { ...shown, plan: { ...shown.plan, foreseen } } });
  expect(byId(elements, 'foreseen')?.text).toBe(foreseen[0]);
});
