import { expect, test } from 'vitest';
import { mixtureDataset } from '../../data/mixture.ts';
import { foreseenOfRichness } from './foreseen.ts';

type Asked = Parameters<typeof foreseenOfRichness>[0];

const dataset = mixtureDataset({ classes: 3, dim: 8, samples: 12, seed: 0 });
const asked: Asked = {
  ...{ dataset, activation: 'tanh', seeds: 3, widths: [64, 128] },
  probe: { samples: 4, steps: [0, 10], keeps: 'grams' },
};
const [few, wide] = [{ ...asked.probe, samples: 2 }, [512, 1024]];

test.each<[what: string, given: Partial<Asked>, says: readonly string[]]>([
  ['what is enough', {}, []],
  [
    'few samples, for which widths are too small',
    { probe: few, widths: [32, 64] },
    ['richness will not be measured: a probe of 2 samples is too small, it takes 4, and widths from 64 on'],
  ],
  [
    'few samples at wide networks',
    { probe: few, widths: wide },
    ['richness will not be measured: a probe of 2 samples is too small, it takes 4'],
  ],
  ['one width, which has no slope', { probe: few, widths: [64] }, []],
  ['few seeds', { seeds: 2 }, ['richness will not be measured: it takes 3 seeds']],
  [
    'a probe of which nothing is kept',
    { probe: { samples: 4, steps: [0, 10] } },
    ['richness will not be measured: the probe has more samples than Grams are kept of'],
  ],
])('of %s', (_, given, says) => {
  expect(foreseenOfRichness({ ...asked, ...given })).toEqual(says);
});

test('of samples that the data makes dependent names their rows', () => {
  const inputs = dataset.inputs.slice();
  inputs.copyWithin(2 * 8, 0, 8);
  expect(foreseenOfRichness({ ...asked, dataset: { ...dataset, inputs } })).toEqual([
    'rows 1 and 3 of the data are equal, so their features are linearly dependent at every width',
    'richness will not be measured: the probe is rank deficient by its data',
  ]);
});
