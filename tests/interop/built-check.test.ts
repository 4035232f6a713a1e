import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, test } from 'vitest';
import { BIN, type Checked, checkedBy, FACTORIES, lineOf, MODELS } from './built/ask.ts';
import { BREAKS, pagePart, printedOf, saidAlike } from './built/broken-page.ts';
import { interopPython } from './python/interpreter.ts';

let python: string;

beforeAll(() => {
  python = interopPython(process.env['INTEROP_PYTHON']);
});

const checkedOf = (target: string, ...flags: readonly string[]): Checked =>
  checkedBy(python, target, ...flags);

test('the page of broken models shows what is printed', () => {
  const [one] = BREAKS;
  const { factory } = one;
  expect(saidAlike(pagePart(factory))).toBe(saidAlike(printedOf(one, python)));
});

test.each(BREAKS)('the page of broken models names the line that breaks $factory', ({ factory, lines }) => {
  const source = readFileSync(join(FACTORIES, MODELS), 'utf8').split('\n');
  for (const name of lines) {
    const at = lineOf(name);
    expect(pagePart(factory)).toContain(`${MODELS}:${at}  ${source[at - 1]?.trim()}`);
  }
});

describe('a factory that', () => {
  const asked = (factory: string) => {
    const given = ['--python', `hard_factories.py:${factory}`, '--interpreter', python, '--json', '-'];
    const short = ['--widths', '16,32,64', '--steps', '1'];
    const options = { cwd: FACTORIES, encoding: 'utf8', maxBuffer: 1e8 } as const;
    return spawnSync(process.execPath, [BIN, 'coord-check', ...given, ...short], options);
  };

  test('ends its process at the widest keeps what was measured before', () => {
    const { widths, failures } = JSON.parse(asked('ends_when_wide').stdout);
    expect(widths).toEqual([16, 32]);
    expect(failures).toMatchObject([{ width: 64, why: expect.stringContaining('its process') }]);
  });

  test.each([
    [
      'not_finite',
      /^Regression is unstable \([^)]+\)\. The loss is not finite at any width, before anything is trained: [^.]+\.$/,
    ],
    [
      'steps_too_far',
      /^Regression is unstable \([^)]+\)\. The loss is not finite at any width, from step 1 on: [^.]+\.$/,
    ],
    ['not_finite_when_wide', /^Regression fails \([^)]+\)\. Runs diverge at width 64, from step 0 on\.$/],
    [
      'of_another_copy',
      /^Regression is undecided \([^)]+\)\. The optimizer has no parameter of the model[^.]+\.$/,
    ],
  ])('%s is told that and nothing else', (factory, sentence) => {
    expect(JSON.parse(asked(factory).stdout).sentence).toMatch(sentence);
  });

  test('scales its queries has the sizes of one that scales its logits', () => {
    const [one, other] = ['scales_queries', 'scales_logits'].map((factory) => {
      const { layers } = JSON.parse(asked(factory).stdout);
      return layers.map(({ layer, size }: { layer: string; size: { value: number | null } }) => [
        layer,
        size.value?.toFixed(3),
      ]);
    });
    expect(one.map(([layer]: [string]) => layer)).toContain('query');
    expect(one).toEqual(other);
  });

  test('computes in half precision is told that its rounding is measured', () => {
    expect(JSON.parse(asked('computes_in_half').stdout).notes.join()).toContain(
      'modules compute in bfloat16, whose rounding is part of each size and update',
    );
  });

  test('drops at random by a function is told that it does not here', () => {
    const { notes, rows } = JSON.parse(asked('drops').stdout);
    expect(notes).toContain('dropout was turned off');
    expect(rows.map(({ losses: [first] }: { losses: readonly number[] }) => first)).toEqual(
      JSON.parse(asked('trained').stdout).rows.map(
        ({ losses: [first] }: { losses: readonly number[] }) => first,
      ),
    );
  });

  test('is in half precision is told that it was measured in single', () => {
    expect(JSON.parse(asked('in_half').stdout).notes.join()).toContain(
      'parameters of bfloat16 were made float32',
    );
  });

  test('makes tensors on another device than its model is on is measured as one that does not', () => {
    const [one, other] = ['on_only_device', 'on_usual_device'].map((factory) => {
      const { rows } = JSON.parse(asked(factory).stdout);
      return rows.map(({ layers, weights }: { layers: unknown; weights: unknown }) => [layers, weights]);
    });
    expect(one).not.toEqual([]);
    expect(other).toEqual(one);
  });

  test.each([
    ['frozen', 'its loss depends on no parameter that is trained'],
    ['batch_for_loss', 'its loss_fn is a tuple, and a function or None is needed'],
  ])('%s is answered in a sentence', (factory, sentence) => {
    const { stderr, status } = asked(factory);
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
  });
});

describe('over depths', () => {
  const depths = ['--depths', '4,8,16,32', '--widths', '64'];

  test('a residual network whose blocks count for 1/depth does not fail, and one whose blocks count alike does', () => {
    expect(checkedOf('depth_networks.py:complete', ...depths).verdict).not.toBe('fail');
    expect(checkedOf('depth_networks.py:plain', ...depths).verdict).toBe('fail');
  });
});

test('sizes of matrices on another device than the processor are numbers of the processor', () => {
  const probe = join(import.meta.dirname, '../../packages/server/dist/probe.py');
  const script = join(FACTORIES, 'spare_device.py');
  const { stdout, stderr } = spawnSync(python, [script, probe], { encoding: 'utf8' });
  expect(stdout, stderr).toBe('cpu cpu\n'.repeat(4));
});

test('a script that runs by itself measures what the command does', () => {
  const widths = ['--widths', '16,32,64', '--seeds', '3'];
  const run = (line: readonly string[]) =>
    spawnSync(process.execPath, [BIN, 'coord-check', ...line], {
      cwd: FACTORIES,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
  const script = run(['--python', `${MODELS}:mup`, '--script', ...widths]).stdout;
  const folder = mkdtempSync(join(tmpdir(), 'widthwise-'));
  writeFileSync(join(folder, 'check.py'), script);
  const lines = spawnSync(python, [join(folder, 'check.py')], {
    cwd: FACTORIES,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  writeFileSync(join(folder, 'runs.jsonl'), lines.stdout);
  const read = JSON.parse(run(['--from-jsonl', join(folder, 'runs.jsonl'), '--json', '-']).stdout);
  rmSync(folder, { recursive: true });
  const own = JSON.parse(
    run(['--python', `${MODELS}:mup`, '--interpreter', python, '--json', '-', ...widths]).stdout,
  );
  expect(read.verdict).toBe(own.verdict);
  expect(read.rows.map(({ losses }: { losses: unknown }) => losses)).toHaveLength(9);
  for (const [at, { losses }] of read.rows.entries()) {
    for (const [step, loss] of losses.entries()) expect(loss).toBeCloseTo(own.rows[at].losses[step], 3);
  }
});
