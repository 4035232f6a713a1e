import { describe, expect, test } from 'vitest';
import { classify } from './classify.ts';
import { familyOf } from './family.ts';
import { IP_FORMS, MUP_FORMS } from './forms.ts';
import { invariants, layerInvariants } from './gauge.ts';
import { MUP_TARGETS, mupExponents } from './mup-targets.ts';
import { LAYER_ROLES, type LayerRole, roleOfLayer } from './parametrization.ts';
import { PARAMETRIZATIONS } from './table.ts';

describe('the targets of μP', () => {
  test.each([...MUP_FORMS, PARAMETRIZATIONS.mup])('are met by $name', (form) => {
    for (const role of LAYER_ROLES) {
      expect(invariants(form)[role]).toEqual({ B: MUP_TARGETS[role].B, C: MUP_TARGETS[role].C.sgd });
      const { a, b, c } = form[role];
      expect(mupExponents(role, 'sgd', a)).toEqual({ a, b, c });
    }
  });

  // Tensor Programs V, Table 8: parameters × multipliers, Adam; the readout's multiplier is 1/n and its rate constant.
  test('are met by Table 8 under Adam', () => {
    const table: Readonly<Record<LayerRole, readonly [a: number, b: number, c: number]>> = {
      input: [0, 0, 0],
      hidden: [0, 1 / 2, 1],
      output: [1, 0, 0],
    };
    for (const role of LAYER_ROLES) {
      const [a, b, c] = table[role];
      expect(mupExponents(role, 'adam', a)).toEqual({ a, b, c });
    }
  });

  test.each([1, 2, 3, 7])('make features learn at depth %d, whoever optimizes', (depth) => {
    const roles = Array.from({ length: depth + 1 }, (_, index) => roleOfLayer(index + 1, depth));
    for (const optimizer of ['sgd', 'adam'] as const) {
      const B = roles.map((role) => MUP_TARGETS[role].B);
      const C = roles.map((role) => MUP_TARGETS[role].C[optimizer]);
      const { regime, r } = classify({ B, C, optimizer });
      expect(regime).toBe('feature-learning');
      expect(r).toEqual(roles.slice(1).map(() => 0)); // every layer learns at the largest stable rate
      expect(familyOf({ B, C }, optimizer)).toBe('μP');
    }
  });
});

describe('the name that exponents deserve', () => {
  test.each([
    ['sp-constant', 'SP'],
    ['sp', 'SP'],
    ['ntp', 'NTP'],
    ['ip', null],
    ['mup', 'μP'],
  ] as const)('of the row %s is %s', (id, family) => {
    expect(familyOf(layerInvariants(PARAMETRIZATIONS[id], 3), 'sgd')).toBe(family);
  });

  test.each(MUP_FORMS)('of $name is μP', (form) => {
    expect(familyOf(layerInvariants(form, 2), 'sgd')).toBe('μP');
  });

  test.each(IP_FORMS)('of $name is none', (form) => {
    expect(familyOf(layerInvariants(form, 2), 'sgd')).toBeNull();
  });

  test('is μP where the readout starts at 0 or smaller than it must', () => {
    const C = [0, 1, 1];
    for (const readout of ['zero', 1, 3 / 2] as const) {
      expect(familyOf({ B: [0, 1 / 2, readout], C }, 'adam')).toBe('μP');
    }
    expect(familyOf({ B: [0, 1 / 2, 3 / 4], C }, 'adam')).toBeNull();
  });

  test('is NTP under SGD only: under Adam the same exponents are SP at other rates', () => {
    const exponents = { B: [0, 1 / 2, 1 / 2], C: [0, 1, 1] };
    expect(familyOf(exponents, 'sgd')).toBe('NTP');
    expect(familyOf(exponents, 'adam')).toBe('SP');
  });

  test('is none where the input or a hidden layer vanishes', () => {
    expect(familyOf({ B: [1 / 2, 1 / 2, 1], C: [-1, 0, 1] }, 'sgd')).toBeNull();
    expect(familyOf({ B: [0, 1 / 4, 1], C: [-1, 0, 1] }, 'sgd')).toBeNull();
  });
});
