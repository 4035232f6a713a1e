import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { exampleText } from '../test/check-findings.ts';
import { loadTestAnalyser } from '../test/load-analyser.ts';
import { LOOP_OF_BLOCKS } from '../test/loop-of-blocks.ts';
import type { Analyser } from './analyse.ts';
import { Unwanted } from './budget.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import type { Place, Workspace } from './workspace/workspace.ts';

const OPTIONS = { ...DEFAULT_OPTIONS, profile: 'mup' } as const;
const again = await loadTestAnalyser();

const EXAMPLE = `${exampleText('pytorch-mlp')}
# Behind the model.
def helper(values):
    return [value for value in values if value]


def train(model):
    return torch.optim.Adam(model.parameters(), lr=1e-3)
`;

const COME = [
  '',
  '\n',
  '#',
  '  # why\n',
  '\n        """Why."""\n',
  '(',
  'x',
  '0',
  ' + width',
  '\n\ndef f():\n    return 1\n',
  '"""',
  '@',
];

/** What somebody types or deletes: at a place, how much of what stands there goes, what comes, and whether it is taken back. */
const edits = fc.array(
  fc.tuple(
    fc.nat(EXAMPLE.length),
    fc.nat(12),
    fc.constantFrom(...COME),
    fc.constantFrom('stays', 'is taken back', 'is tried', 'is of another file'),
  ),
  { minLength: 1, maxLength: 4 },
);

const NOTHING_AROUND: Workspace = { find: () => undefined, read: () => undefined };
const [HERE, THERE] = ['/here.py', '/there.py'].map((path) => ({ path, workspace: NOTHING_AROUND })) as [
  Place,
  Place,
];

test.prop([edits], { numRuns: 15 })(
  'a text that was typed has the analysis of one that was opened',
  (typed) => {
    let text = EXAMPLE;
    again.analyse(text, OPTIONS, HERE);
    const shown = { ...OPTIONS, hasEarlier: true };
    for (const [at, gone, come, how] of typed) {
      const next = text.slice(0, at) + come + text.slice(at + gone);
      if (how === 'is tried') again.analyse(next, { ...OPTIONS, isTried: true }, HERE);
      else if (how === 'is of another file') again.analyse(next, shown, THERE);
      else again.analyse(next, shown, HERE);
      if (how === 'is taken back') again.analyse(text, OPTIONS, HERE);
      if (how === 'stays') text = next;
    }
    const last = again.analyse(text, OPTIONS, HERE);
    again.forget();
    expect(last).toEqual(again.analyse(text, OPTIONS, HERE));
  },
);

describe('a text that does not parse, of which an earlier one is shown', () => {
  const broken = EXAMPLE.replace('def train(model):', 'def train(model:');

  test('has what is said of it without that, but for its models', () => {
    const whole = again.analyse(broken, OPTIONS);
    const { models, ...said } = again.analyse(broken, { ...OPTIONS, hasEarlier: true });
    expect(whole.models).not.toEqual([]);
    expect({ ...said, models: whole.models }).toEqual({ ...whole, imported: [] });
    expect(models).toEqual([]);
  });

  test('is not run, and what was run before it is not run again', async () => {
    let looks = 0;
    const analyser = await loadTestAnalyser({ isUnwanted: () => ++looks < 0 });
    const text = Array.from({ length: 16 }, (_, at) => LOOP_OF_BLOCKS.replaceAll('Net', `Net${at}`)).join(
      '\n',
    );
    const looksAt = (one: string) => {
      looks = 0;
      analyser.analyse(one, { ...OPTIONS, hasEarlier: true });
      return looks;
    };
    const first = looksAt(text);
    const broken = [looksAt(text.replace('range(', 'range((')), looksAt(`${text}\n)`)];
    expect(Math.max(...broken)).toBeLessThan(first / 4);
    expect(looksAt(text)).toBeLessThan(first);
  });
});

test('an analysis stays as it is, whatever is analysed after it', () => {
  const first = again.analyse(EXAMPLE, OPTIONS);
  const kept = structuredClone(first);
  again.analyse(`\n\n${EXAMPLE}`, OPTIONS);
  expect(first).toEqual(kept);
});

test('what is typed and taken back is not run again', async () => {
  let looks = 0;
  const counted = (analyse: () => unknown) => {
    looks = 0;
    analyse();
    return looks;
  };
  const analyser = await loadTestAnalyser({ isUnwanted: () => ++looks < 0 });
  const text = Array.from({ length: 16 }, (_, at) => LOOP_OF_BLOCKS.replaceAll('Net', `Net${at}`)).join('\n');
  analyser.analyse(text, OPTIONS);
  const typed = counted(() => analyser.analyse(text.replace('range(', 'range(2 * '), OPTIONS));
  const takenBack = counted(() => analyser.analyse(text, OPTIONS));
  expect(takenBack).toBeLessThan(typed);
});

describe('a key that changes nothing the code does runs nothing', () => {
  const text = Array.from({ length: 16 }, (_, at) => LOOP_OF_BLOCKS.replaceAll('Net', `Net${at}`)).join('\n');
  const noted = text.replace('class Net3', '# why\nclass Net3').replace('super().', '# so\n        super().');

  async function looksAfter(between: (analyser: Analyser) => void): Promise<readonly [number, number]> {
    let looks = 0;
    const analyser = await loadTestAnalyser({ isUnwanted: () => ++looks < 0 });
    analyser.analyse(text, OPTIONS, HERE);
    const first = looks;
    between(analyser);
    looks = 0;
    analyser.analyse(noted, OPTIONS, HERE);
    return [looks, first];
  }

  test.each<readonly [string, (analyser: Analyser) => void]>([
    ['behind the text', () => {}],
    [
      'after edits of it were tried, however many',
      (analyser) => {
        for (const count of [2, 3, 4, 5])
          analyser.analyse(text.replace('range(', `range(${count} * `), { ...OPTIONS, isTried: true }, HERE);
      },
    ],
    ['after another file was read', (analyser) => void analyser.analyse(EXAMPLE, OPTIONS, THERE)],
  ])('%s', async (_, between) => {
    const [looks, first] = await looksAfter(between);
    expect(looks).toBeLessThan(first * 0.75);
  });
});

test('an analysis that is called off ends at once, wherever it is, and leaves the next one as it is', async () => {
  let looks = 0;
  let last = Number.POSITIVE_INFINITY;
  const analyser = await loadTestAnalyser({ isUnwanted: () => ++looks > last });
  const text = Array.from({ length: 16 }, (_, at) => LOOP_OF_BLOCKS.replaceAll('Net', `Net${at}`)).join('\n');
  const whole = analyser.analyse(text, OPTIONS);
  const most = looks;
  expect(most).toBeGreaterThan(4);
  for (const at of [0, most >> 1, most - 1]) {
    analyser.forget();
    [looks, last] = [0, at];
    expect(() => analyser.analyse(text, OPTIONS)).toThrow(Unwanted);
    expect(looks).toBe(at + 1);
    last = Number.POSITIVE_INFINITY;
    expect(analyser.analyse(text, OPTIONS)).toEqual(whole);
  }
});
