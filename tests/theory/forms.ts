import type { Parametrization } from '@widthwise/core';
import { IP_FORMS, MUP_FORMS } from '@widthwise/core/theory';
import { differenceText, type TheoryRow } from './row.ts';
import { after, twoSamples } from './training.ts';

/** T1: forms of one parametrization are one network, to the last bit where the width is a power of 4. */
export function formRows(): readonly TheoryRow[] {
  return [
    [64, 0],
    [256, 0],
    [100, 1e-13],
  ].map(([width, tolerance]): TheoryRow => {
    const difference = Math.max(spread(MUP_FORMS, width), spread(IP_FORMS, width));
    return {
      id: 'T1',
      states: `the three forms of μP and the two of IP train alike, L = 3, n = ${width}, 5 steps`,
      expected: tolerance === 0 ? 'the same bits' : `within ${tolerance} of each other`,
      computed: difference === 0 ? 'the same bits' : `${differenceText(difference)} apart`,
      holds: difference <= tolerance,
    };
  });
}

function spread(forms: readonly Parametrization[], width: number): number {
  const outputs = forms.map((parametrization) => {
    const asked = {
      parametrization,
      width,
      depth: 3,
      activation: 'tanh',
      steps: 5,
      learningRate: 0.2,
      seed: 3,
    } as const;
    return after(asked, twoSamples([1, -1])).outputs.data;
  });
  return Math.max(
    ...outputs.flatMap((each) => [...each].map((value, at) => Math.abs(value - outputs[0][at]))),
  );
}
