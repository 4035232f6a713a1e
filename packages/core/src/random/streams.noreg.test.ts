import { expect, test } from 'vitest';
import { fillNormal } from './normal.ts';
import { rngFromSeed, streamsFromSeed } from './rng.ts';

// What the streams gave when results were first stored. They may only change together with the numeric version of
// the engines, since every stored run begins with them.

test('the first ten uniform numbers of a seed stay what they are', () => {
  const rng = rngFromSeed(42);
  expect(Array.from({ length: 10 }, () => rng.next())).toMatchInlineSnapshot(`
    [
      0.44815009090806934,
      0.3843335831454018,
      0.7446753896064182,
      0.37312779992441525,
      0.9860776496929298,
      0.6390136564493011,
      0.8180946450454023,
      0.16479283508648968,
      0.8686417619937957,
      0.28558048814854087,
    ]
  `);
});

test('the first ten normal numbers of a weight stream stay what they are', () => {
  expect([...fillNormal(new Float64Array(10), streamsFromSeed(0).weights)]).toMatchInlineSnapshot(`
    [
      0.6974217156682789,
      1.8438456419668063,
      1.8130368935045942,
      -1.8120971699728654,
      0.9324441325528554,
      -0.5759079015176078,
      -1.1427907179928805,
      0.04789608406520356,
      0.944437442794134,
      0.5842802756182962,
    ]
  `);
});
