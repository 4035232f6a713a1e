import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, test } from 'vitest';
import { BIN, FACTORIES } from '../built/ask.ts';
import { shortPython } from '../python/interpreter.ts';

let python: string;

beforeAll(() => {
  python = shortPython(process.env['INTEROP_PYTHON']);
});

interface Rows {
  readonly rows: readonly {
    readonly width: number;
    readonly seed: number;
    readonly layers: readonly { readonly layer: string; readonly size: readonly number[] }[];
  }[];
}

describe('the sizes that mup.coord_check measures', () => {
  // The same operations in single precision, the same seeds and batch: what is left is the order of sums.
  const ROUNDING = 1e-4;

  test.each([
    ['perceptron', 3],
    ['transformer', 9],
    ['residual', 7],
  ])('are ours (%s)', (factory, places) => {
    const script = join(FACTORIES, 'mup_networks.py');
    const asked = ['32,64,128', '3', '3'];
    const { stdout, stderr } = spawnSync(python, [script, factory, ...asked], { encoding: 'utf8' });
    expect(stdout, stderr).not.toBe('');
    const theirs: Readonly<Record<string, readonly number[]>> = JSON.parse(stdout);
    const line = ['coord-check', '--python', `${script}:${factory}`, '--interpreter', python, '--json', '-'];
    const ours = spawnSync(
      process.execPath,
      [BIN, ...line, '--widths', asked[0]!, '--seeds', asked[1]!, '--steps', asked[2]!],
      {
        encoding: 'utf8',
        maxBuffer: 1e8,
      },
    );
    const { rows }: Rows = JSON.parse(ours.stdout);
    const pairs = rows.flatMap(({ width, seed, layers }) =>
      layers.flatMap(({ layer, size }) =>
        (theirs[`${width} ${layer} ${seed}`] ?? []).map((l1, step) => [size[step]!, l1] as const),
      ),
    );
    // Every linear layer, convolution, norm, embedding and the readout, at four steps, of nine runs.
    expect(pairs).toHaveLength(places * 4 * 9);
    const apart = pairs.map(([one, other]) => Math.abs(one - other) / Math.abs(other));
    expect(Math.max(...apart)).toBeLessThan(ROUNDING);
  });
});
