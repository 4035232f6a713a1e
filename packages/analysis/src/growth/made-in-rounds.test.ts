import { expect, test } from 'vitest';
import { accumulated, anyPartOf, isSettled, isWithinQuantity, madeOfAny } from './made-in-rounds.ts';
import { literal, pair, type Quantity, UNKNOWN_QUANTITY, unary } from './quantity.ts';
import { SymbolTable } from './symbol.ts';

const symbols = new SymbolTable();
const named = (name: string): Quantity => ({ op: 'symbol', symbol: symbols.of(null, name), value: null });
const [batch, often, width] = [named('batch'), named('often'), named('width')];
const any = madeOfAny([batch, often]) ?? UNKNOWN_QUANTITY;

test('what is made of some numbers in any way is made so with one of them more', () => {
  expect(isWithinQuantity(pair('add', any, batch), any)).toBe(true);
  expect(isWithinQuantity(pair('multiply', batch, often), any)).toBe(true);
  const moved = pair('add', pair('either', batch, any), batch);
  expect(isWithinQuantity(pair('add', moved, batch), moved)).toBe(true);
});

test('what begins at 0 in each round of an outer loop has settled, as far as its other numbers have', () => {
  const begun = pair('either', literal(0), pair('add', literal(0), batch));
  expect(isSettled(literal(0), any)).toBe(true);
  expect(isSettled(begun, any)).toBe(true);
  expect(isSettled(begun, batch)).toBe(false);
  expect(isSettled(pair('either', literal(0), width), any)).toBe(false);
});

test('but not of other numbers, of none, or of what is not known', () => {
  expect(isWithinQuantity(pair('add', any, width), any)).toBe(false);
  expect(isWithinQuantity(literal(0), any)).toBe(false);
  expect(isWithinQuantity(pair('multiply', any, UNKNOWN_QUANTITY), any)).toBe(false);
  expect(isWithinQuantity(pair('add', any, batch), pair('multiply', any, width))).toBe(false);
  expect(madeOfAny([batch, UNKNOWN_QUANTITY])).toBeUndefined();
  expect(anyPartOf([literal(0)])).toBeNull();
});

test('what each round adds is added as often as there are rounds', () => {
  const once = pair('add', batch, often);
  const all = accumulated(pair('add', once, often), pair('either', batch, once), width);
  const steps = pair('add', once, unary('steady', pair('either', width, often)));
  expect(all).toEqual(pair('either', pair('either', batch, once), steps));
  expect(all && isWithinQuantity(pair('add', steps, often), all)).toBe(true);
});
