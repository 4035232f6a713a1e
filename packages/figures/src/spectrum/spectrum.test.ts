import type { LayerFeatures, WidthFeatures } from '@widthwise/core';
import { expect, test } from 'vitest';
import { featureRows } from './feature-table.ts';
import { spectrumCsv, spectrumMaps, spectrumNumbers } from './spectrum-map.ts';
import { svgSpectrum } from './svg-spectrum.ts';

function widthFeatures(width: number, eigenvalues: readonly number[]): WidthFeatures {
  return {
    ...{ width, eigenvalues, floor: 1e-12, conditionNumber: 3, numericalRank: 2, participationRatio: 1.5 },
    ...{ kernelAlignment: 0.98, centeredAlignment: null, classScatter: 0.4 },
  };
}

const LAYERS: readonly LayerFeatures[] = [
  {
    layer: 1,
    limit: [0.9, 0.2],
    byWidth: [widthFeatures(64, [1, 0.1]), widthFeatures(1024, [0.9, 0.01])],
  },
  { layer: 2, limit: null, byWidth: [widthFeatures(64, [0.5, 1e-13])] },
];

test('maps of several parametrizations have one scale of colors, which rounding does not stretch', () => {
  const other = [{ layer: 1, limit: null, byWidth: [widthFeatures(64, [4, 0.5])] }];
  const maps = spectrumMaps([
    { label: 'μP', layers: LAYERS },
    { label: 'SP', layers: other },
    { label: 'IP', layers: [] },
  ]);
  expect(maps.map(({ range }) => range)).toEqual([
    [0.01, 4],
    [0.01, 4],
  ]);
});

test('the map has a column a width and one of the limit, and its numbers say what is below the floor', () => {
  const [map] = spectrumMaps([{ label: 'μP', layers: LAYERS }]);
  expect(spectrumNumbers(map!)).toEqual({
    heads: ['λ', 'layer 1, 64', 'layer 1, 1024', 'layer 1, ∞', 'layer 2, 64'],
    rows: [
      ['1', '1.00', '0.900', '0.900', '0.500'],
      ['2', '0.100', '0.0100', '0.200', '1.00e−13 ×'],
    ],
  });
});

test('all its numbers stand in a file, undiminished', () => {
  const [map] = spectrumMaps([{ label: 'μP', layers: LAYERS }]);
  const lines = spectrumCsv(map!).split('\n');
  expect(lines).toHaveLength(1 + 8 + 1);
  expect(lines.slice(-3)).toEqual(['layer 2,64,1,0.5,false', 'layer 2,64,2,1e-13,true', '']);
});

test('every eigenvalue is a cell that says itself; what is below the floor has no color', () => {
  const svg = svgSpectrum(spectrumMaps([{ label: '<μP>', layers: LAYERS }])[0]!);
  expect(svg).toContain('&lt;μP&gt;: eigenvalues');
  expect(svg).toContain('<title>layer 1, n = 1024, λ 2: 0.0100</title>');
  expect(svg.match(/fill="#[0-9a-f]{6}"/g)).toHaveLength(7);
  expect(svg).toContain('below the floor');
});

test('the table has the widest width of each layer', () => {
  expect(featureRows(LAYERS)[0]).toEqual(['layer 1', '1024', '3.00', '2', '1.50', '0.980', '–', '0.400']);
});
