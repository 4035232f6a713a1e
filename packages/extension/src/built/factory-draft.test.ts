import { expect, test } from 'vitest';
import { factoryDraft } from './factory-draft.ts';

test('a network without a class begins its factory with its own code, under a name that tells it from others of the file', () => {
  const code = 'nn.Sequential(\r\n    nn.Linear(8, 64),\r\n    nn.Linear(64, 2),\r\n)';
  const { name, text } = factoryDraft({ file: '/w/train net.py', line: 7, code, widths: [] });
  expect(name).toBe('widthwise_train net__line_7.py');
  expect(text).toContain(
    'def make(width):\n    model = nn.Sequential(\n        nn.Linear(8, 64),\n        nn.Linear(64, 2),\n    )\n',
  );
  expect(text).toContain(`save this as ${name} beside train net.py`);
  expect(text).toContain('write `width` where');
  expect(text).toContain('return model, nn.functional.cross_entropy, batch, optimizer');
});

test('the sizes that its code scales by a name are the width, and a batch has as many features as it takes', () => {
  const code = 'nn.Sequential(nn.Linear(784, hidden), nn.ReLU(), nn.Linear(hidden, 10))';
  const { text } = factoryDraft({
    file: 'train.py',
    line: 5,
    code,
    widths: ['hidden', 'args.size'],
    inputs: 784,
  });
  expect(text).toContain(`def make(width):\n    hidden = width\n    model = ${code}\n`);
  expect(text).toContain('torch.randn(32, 784)');
  expect(text).not.toContain('write `width`');
});
