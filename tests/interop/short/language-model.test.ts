import process from 'node:process';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Checked, checkedBy, lineOf, MODELS } from '../built/ask.ts';
import { shortPython } from '../python/interpreter.ts';

let python: string;

beforeAll(() => {
  python = shortPython(process.env['INTEROP_PYTHON']);
});

const checked = (factory: string, ...flags: readonly string[]): Checked =>
  checkedBy(python, `${MODELS}:${factory}`, '--seeds', '3', ...flags);

describe('a language model', () => {
  test.each(['mup', 'with_multiplier'])('under μP does not fail (%s)', (factory) => {
    const { verdict, suspects, reasons } = checked(factory);
    expect(suspects).toEqual([]);
    expect(reasons.join()).not.toContain('moves too far');
    expect(['pass', 'warn', 'undecided']).toContain(verdict);
  });

  test('with the readout of SP fails by the line that starts it', () => {
    const { verdict, suspects } = checked('sp_readout');
    expect(verdict).toBe('fail');
    expect(suspects).toMatchObject([
      {
        cause: 'start',
        parameters: ['head.weight'],
        exponent: { is: 0.5, wants: 1 },
        line: { line: lineOf('readout') },
      },
    ]);
  });

  test('that is moved after its start fails by the same line', () => {
    const [one, other] = ['sp_readout', 'moved'].map((factory) =>
      checked(factory).suspects.map(({ line }) => line),
    );
    expect(other).toEqual(one);
  });

  test('with attention by the root of a head and a constant rate fails by both lines', () => {
    const { verdict, suspects } = checked('root_attention');
    expect(verdict).toBe('fail');
    const [rate, scale] = suspects;
    expect(rate).toMatchObject({
      cause: 'rate',
      exponent: { is: 0, wants: 1 },
      line: { line: lineOf('attention') },
    });
    expect(new Set(rate?.parameters)).toEqual(
      new Set(
        [0, 1].flatMap((at) => ['query', 'key'].map((side) => `blocks.${at}.attention.${side}.weight`)),
      ),
    );
    expect(scale).toMatchObject({ cause: 'scale', line: { line: lineOf('scale') } });
  });

  test('under one rate of Adam fails by the line of the optimizer, embedding and norms apart', () => {
    const { verdict, suspects } = checked('one_rate');
    expect(verdict).toBe('fail');
    expect(suspects.every(({ cause, line }) => cause === 'rate' && line?.line === lineOf('one'))).toBe(true);
    const blamed = suspects.flatMap(({ parameters }) => parameters);
    expect(blamed).toContain('blocks.0.up.weight');
    expect(blamed.filter((name) => /embedding|norm|before|after/.test(name))).toEqual([]);
  });

  test('without the multiplier of its readout fails by the lines of its start and its rate', () => {
    const { verdict, suspects } = checked('no_multiplier');
    expect(verdict).toBe('fail');
    expect(suspects).toMatchObject([
      { cause: 'start', parameters: ['head.weight'], line: { line: lineOf('readout') } },
      { cause: 'rate', parameters: ['head.weight'], line: { line: lineOf('multiplier') } },
    ]);
  });

  test('with its embedding under Muon fails by the line that puts it there', () => {
    // Newton–Schulz in half precision is slow on a CPU.
    const { verdict, suspects } = checked('embedding_under_muon', '--widths', '32,64,128');
    expect(verdict).toBe('fail');
    expect(suspects).toContainEqual(
      expect.objectContaining({
        cause: 'rate',
        parameters: ['embedding.weight'],
        line: expect.objectContaining({ line: lineOf('muon') }),
        problems: [expect.stringContaining('orthogonalized')],
      }),
    );
  });
});
