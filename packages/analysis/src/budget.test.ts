import { describe, expect, test } from 'vitest';
import { Budget, OutOfBudget, Unwanted } from './budget.ts';

/** What ends a budget of which a little is spent over and over; null where a million times do not. */
function endOf(budget: Budget, units: number): OutOfBudget | null {
  try {
    for (let times = 0; times < 1_000_000; times++) budget.spend(units);
    return null;
  } catch (error) {
    if (error instanceof OutOfBudget) return error;
    throw error;
  }
}

describe('an analysis ends', () => {
  test('where its work is used up, and says where the code stood', () => {
    const budget = new Budget();
    budget.at = 7;
    expect(endOf(budget, 10)).toMatchObject({ what: 'work', at: 7 });
  });

  test('at the same place whatever the clock says', () => {
    expect(endOf(new Budget({ clock: () => 0 }), 10)).toMatchObject({ what: 'work' });
    expect(endOf(new Budget(), 1)).toBeNull();
  });

  test('where far more time has gone by than its work should take', () => {
    let now = 0;
    expect(endOf(new Budget({ clock: () => (now += 1000) }), 1)).toMatchObject({ what: 'time' });
  });

  test('where nobody waits for it, however much of it may be tried', () => {
    const budget = new Budget({ isUnwanted: () => true });
    expect(() => budget.within(Number.POSITIVE_INFINITY, () => endOf(budget, 10))).toThrow(Unwanted);
  });

  test('where evaluations are deeper in one another than any code', () => {
    const budget = new Budget();
    expect(() => {
      for (let depth = 0; depth < 10_000; depth++) budget.enter();
    }).toThrow(OutOfBudget);
  });
});
