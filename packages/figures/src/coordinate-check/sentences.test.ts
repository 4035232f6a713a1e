import { expect, test } from 'vitest';
import { coordinateSentence, suspectSentence } from './sentences.ts';
import { smallCheck } from './small-check.fixture.ts';
import { coordinateTable } from './table.ts';

test('a check that fails says so first, and which exponent theory holds responsible', () => {
  const { request, report } = smallCheck('sp');
  expect(coordinateSentence(report, 'SP, η/n')).toMatch(/^SP, η\/n fails: /);
  expect(report.suspects.map((suspect) => suspectSentence(suspect, request.depth))[0]).toMatch(
    /^layer 1, from step 1: its update shrinks \(−1\.\d\d\); c of layer 1 is 1, and μP has −1$/,
  );
});

test('what leaves a check open is its cause, what belongs beside another verdict is a sentence', () => {
  const reasons = ['runs diverge at width 64, from step 1 on', 'fewer than 3 seeds'];
  expect(coordinateSentence({ verdict: 'undecided', reasons }, 'SP')).toBe(
    'SP is undecided: runs diverge at width 64, from step 1 on; fewer than 3 seeds.',
  );
  expect(coordinateSentence({ verdict: 'fail', reasons }, 'SP')).toMatch(
    /^SP fails: .*\. Runs diverge at width 64, from step 1 on\. Fewer than 3 seeds\.$/,
  );
});

test('a weight that starts at 0 is said to, and runs that diverge are no slope', () => {
  const exponent = { layer: 3, name: 'b', is: 'zero', wants: 1 } as const;
  expect(suspectSentence({ layer: 3, step: 0, what: 'size', slope: null, exponent }, 3)).toBe(
    'layer 3 at initialization: runs diverge; b of layer 3 is ∞ (starts at 0), and μP has 1',
  );
});

test('what was interrupted has no verdict, in words and in the table', () => {
  const { report } = smallCheck('mup');
  const cut = {
    ...report,
    verdict: null,
    layers: report.layers.map((layer) => ({ ...layer, verdict: null })),
  };
  expect(coordinateSentence(cut, 'μP')).toBe('μP: interrupted, no verdict.');
  const [first] = coordinateTable(cut, 2);
  expect(first).toMatchObject({
    layer: 'layer 1',
    step: 0,
    update: '–',
    verdict: { mark: 'none', word: '' },
  });
});

test('the readout is called so, as in the table, also where another layer suffers from it', () => {
  const exponent = { layer: 4, name: 'b', is: 0.5, wants: 1 } as const;
  expect(suspectSentence({ layer: 4, step: 1, what: 'size', slope: 0.47, exponent }, 3)).toBe(
    'readout, from step 1: its size grows (+0.47); b of readout is 0.5, and μP has 1',
  );
  expect(suspectSentence({ layer: 3, step: 1, what: 'size', slope: 0.19, exponent }, 3)).toContain(
    '; b of readout is 0.5',
  );
});
