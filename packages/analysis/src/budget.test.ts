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

describe('parts of the work', () => {
  const spentIn = (budget: Budget) => {
    const before = budget.spent;
    budget.within(Number.POSITIVE_INFINITY, () => endOf(budget, 100) ?? expect.fail());
    return budget.spent - before;
  };

  test('are as large as any until no more is left than is kept for what comes then', () => {
    const budget = new Budget();
    const kept = budget.mayKeep(1_000_000);
    const parts = [kept, kept, 0].map((units) => {
      budget.renew(units);
      return Math.round(spentIn(budget) / 100_000);
    });
    expect(parts).toEqual([17, 13, 10]);
  });

  test('keep nothing that would make the next one smaller', () => {
    const [budget, other] = [new Budget(), new Budget()];
    for (const one of [budget, other]) one.ofText(10);
    const kept = budget.mayKeep(1_000_000);
    expect(kept).toBeLessThan(1_000_000);
    budget.renew(kept);
    expect(spentIn(budget)).toBe(spentIn(other));
  });
});
