import { h } from 'preact';
import { expect, test } from 'vitest';
import { type Element, elementsOf } from './elements.fixture.ts';
import { Empty } from './shell.tsx';

const heard: unknown[] = [];
const hears =
  (name: string) =>
  (...said: unknown[]): void =>
    void heard.push([name, ...said]);

const byId = (elements: readonly Element[], id: string): Element | undefined =>
  elements.find(({ props }) => props['id'] === id);
const buttons = (elements: readonly Element[]): readonly Element[] =>
  elements.filter(({ tag }) => tag === 'button');
const press = ({ props }: Element): void => (props['onClick'] as () => void)();

const empty = (hydrated: boolean, lost: string | null): readonly Element[] => {
  heard.length = 0;
  return elementsOf(h(Empty, { hydrated, lost, onRun: hears('run') }));
};

test('the panel waits for the host, then offers what there is to run', () => {
  expect(empty(false, null).find(({ tag }) => tag === 'p')?.text).toBe('Reading what was run…');
  expect(buttons(empty(false, null))).toEqual([]);
  const hydrated = empty(true, null);
  expect(byId(hydrated, 'status')).toMatchObject({
    text: 'Nothing was run yet.',
    props: { 'data-state': 'empty' },
  });
  for (const button of buttons(hydrated)) press(button);
  expect(heard).toEqual([
    ['run', 'compare'],
    ['run', 'check'],
    ['run', 'coord-check'],
    ['run', 'transfer'],
    ['run', 'limit'],
  ]);
});

test('the panel says that the server is gone, also before the host has said anything', () => {
  const lost = empty(false, 'The server has ended.');
  expect(byId(lost, 'status')).toMatchObject({
    text: 'The server has ended.',
    props: { 'data-state': 'lost' },
  });
  expect(buttons(lost)).toHaveLength(5);
});
