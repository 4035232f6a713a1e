import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, test } from 'vitest';
import { FACTORIES } from '../built/ask.ts';
import { furthestApart, sizesBesideMup } from '../built/beside-mup.ts';
import { shortPython } from '../python/interpreter.ts';

let python: string;

beforeAll(() => {
  python = shortPython(process.env['INTEROP_PYTHON']);
});

describe('the sizes that mup.coord_check measures', () => {
  // The same operations in single precision, the same seeds and batch: what is left is the order of sums.
  const ROUNDING = 1e-4;

  test.each([
    ['perceptron', 3],
    ['transformer', 9],
    ['residual', 7],
  ])('are ours (%s)', (factory, places) => {
    const script = join(FACTORIES, 'mup_networks.py');
    const pairs = sizesBesideMup(python, { script, factory, widths: '32,64,128', seeds: 3, steps: 3 });
    // Every linear layer, convolution, norm, embedding and the readout, at four steps, of nine runs.
    expect(pairs).toHaveLength(places * 4 * 9);
    expect(furthestApart(pairs)).toBeLessThan(ROUNDING);
  });
});
