import { expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse } from '../../../test/check-findings.ts';

/** One rate for all weights under Adam: what an update changes grows with the width. */
const source = chainModel({});

test('a verdict is a note of the lens until somebody gives its rule a severity, and then a finding', () => {
  const quiet = analyse(source);
  expect(quiet.findings.map(({ code }) => code)).not.toContain('MUP501');
  expect(quiet.notes.map(({ code }) => code)).toContain('MUP501');

  const asked = analyse(source, { rules: { MUP501: 'warning' } });
  expect(asked.findings.filter(({ code }) => code === 'MUP501')).toMatchObject([
    { severity: 'warning', model: 'Net', weights: quiet.notes[0]?.weights },
  ]);
  expect(asked.notes.map(({ code }) => code)).not.toContain('MUP501');

  const off = analyse(source, { rules: { MUP501: 'off' } });
  expect([...off.findings, ...off.notes].map(({ code }) => code)).not.toContain('MUP501');
});

test('what is unstable is said: features and outputs, or outputs alone, with which cross-entropy may be trained', () => {
  const noteOf = (text: string) => analyse(text).notes.find(({ code }) => code === 'MUP501')?.message;
  expect(noteOf(source)).toContain('preactivations, outputs or their updates grow');
  const hidden =
    "[{'params': [model.b.weight], 'lr': lr / n}, {'params': [model.a.weight, model.c.weight]}], lr=lr";
  expect(noteOf(chainModel({ optimizer: `torch.optim.Adam(${hidden})` }))).toMatch(
    /outputs or their updates grow without bound, features do not; under cross-entropy/,
  );
});

test('a severity makes no verdict where there is none', () => {
  const unread = chainModel({ forward: 'return self.c(strange(self.b(self.a(x))))' });
  const { findings } = analyse(unread, { rules: { MUP501: 'error', MUP502: 'error' } });
  expect(findings.map(({ code }) => code)).not.toContain('MUP502');
});
