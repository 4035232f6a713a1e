import { expect, test } from 'vitest';
import { mayTrain } from './may-train.ts';

const MAKE =
  'import torch\nfrom net import Net\n\ndef make(width):\n    model = Net(width)\n    return model, torch.optim.SGD(model.parameters(), lr=1)\n';

test('a file that widthwise factory has written trains nothing, and one that people have written does', () => {
  const written =
    '"""Net at a width.\n\nWritten by `widthwise factory net.py:Net`, and yours to edit.\n"""\n\n';
  expect(mayTrain(MAKE)).toBe(true);
  expect(mayTrain(`"""Net at a width."""\n${MAKE}`)).toBe(true);
  expect(mayTrain(written + MAKE)).toBe(false);
});
