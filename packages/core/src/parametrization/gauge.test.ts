import { expect, test } from 'vitest';
import { IP_FORMS, MUP_FORMS } from './forms.ts';
import { gaugeShift, invariants, layerInvariants } from './gauge.ts';
import { displayLabel, PARAMETRIZATIONS } from './table.ts';

test('every printed form of μP is the μP of the table', () => {
  for (const form of MUP_FORMS) expect(invariants(form), form.name).toEqual(invariants(PARAMETRIZATIONS.mup));
});

test('both printed forms of IP are the IP of the table', () => {
  for (const form of IP_FORMS) expect(invariants(form), form.name).toEqual(invariants(PARAMETRIZATIONS.ip));
});

test('the table keeps initial variances and learning rates as the poster prints them', () => {
  const printed = (id: keyof typeof PARAMETRIZATIONS) => {
    const { input, hidden, output } = PARAMETRIZATIONS[id];
    return [input, hidden, output].flatMap(({ a, b, c }) => [a, -2 * b + 0, -c + 0]);
  };
  // Per role: multiplier 1, then the exponents of n in variance and rate.
  expect(printed('sp')).toEqual([0, 0, -1, 0, -1, -1, 0, -1, -1]);
  expect(printed('ntp')).toEqual([0, 0, 0, 0, -1, -1, 0, -1, -1]);
  expect(printed('ip')).toEqual([0, 0, 1, 0, -2, 0, 0, -2, -1]);
  expect(printed('mup')).toEqual([0, 0, 1, 0, -1, 0, 0, -2, -1]);
  expect(printed('sp-constant')).toEqual([0, 0, 0, 0, -1, 0, 0, -1, 0]);
});

test('a gauge shift leads from the poster to the forms of Tensor Programs V', () => {
  const [poster, table8, table9] = MUP_FORMS;
  const exponents = ({ input, hidden, output }: typeof poster) => ({ input, hidden, output });
  expect(gaugeShift(poster, { output: 1 })).toMatchObject(exponents(table8));
  expect(gaugeShift(poster, { input: -1 / 2, output: 1 / 2 })).toMatchObject(exponents(table9));
});

test('Adam forgets the gradient, so its multiplier counts once', () => {
  const adam = { ...PARAMETRIZATIONS.mup, optimizer: 'adam' as const };
  const shifted = gaugeShift(adam, { output: 1 });
  expect(shifted.output).toEqual({ a: 1, b: 0, c: 0 });
  expect(invariants(shifted)).toEqual(invariants(adam));
});

test('a zero initialization stays zero in every gauge', () => {
  const zero = { ...PARAMETRIZATIONS.mup, output: { a: 0, b: 'zero' as const, c: 1 } };
  expect(gaugeShift(zero, { output: 2 }).output.b).toBe('zero');
  expect(invariants(zero).output.B).toBe('zero');
});

test('a network has one input layer, one output layer and hidden layers between', () => {
  expect(layerInvariants(PARAMETRIZATIONS.mup, 3)).toEqual({ B: [0, 1 / 2, 1 / 2, 1], C: [-1, 0, 0, 1] });
  expect(layerInvariants(PARAMETRIZATIONS.mup, 1)).toEqual({ B: [0, 1], C: [-1, 1] });
});

test("a label of the table is only worn by that row's exponents, in any gauge", () => {
  expect(displayLabel(PARAMETRIZATIONS.mup)).toBe('μP');
  expect(displayLabel(gaugeShift(PARAMETRIZATIONS.mup, { hidden: 0.3 }))).toBe('μP');
  expect(displayLabel({ ...PARAMETRIZATIONS.sp, name: 'mup' })).toBe('mup');
  expect(displayLabel({ ...PARAMETRIZATIONS.mup, name: 'mine' })).toBe('mine');
});
