import { describe, expect, test } from 'vitest';
import { literal, pair } from '../../growth/quantity.ts';
import type { InitWrite } from '../../network/init.ts';
import { UNREAD, withWrite } from './parameter-state.ts';

/** Starts of one parameter that a line gives it, each by a number of its own. */
function startsOf(count: number): readonly InitWrite[] {
  const starts = Array.from({ length: count }, (_, index): InitWrite => {
    const std = pair('multiply', literal(0.02), literal(index + 1));
    return { std, kind: 'random', span: { start: 0, end: 1 }, by: 'normal_' };
  });
  return starts.reduce(withWrite, []);
}

describe('what may have started a parameter', () => {
  test('is known as long as code writes so much', () => {
    expect(startsOf(20)).toHaveLength(20);
    expect(startsOf(20).some(({ by }) => by === UNREAD)).toBe(false);
  });

  test('is anything, besides, where it gets more with every round', () => {
    const [few, many] = [startsOf(100), startsOf(1000)];
    expect(few.filter(({ by }) => by === UNREAD)).toHaveLength(1);
    expect(many).toHaveLength(few.length);
  });

  test('is no more with what is there', () => {
    const starts = startsOf(3);
    expect(starts.reduce(withWrite, starts)).toBe(starts);
  });
});
