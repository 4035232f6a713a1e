import { DEFAULT_OPTIONS } from '@widthwise/analysis';
import { expect, test, vi } from 'vitest';
import { loadAnalyserFromDisk } from './load-analyser.ts';

test('a machine that has no time for it leaves an analysis as it is', async () => {
  const analyser = await loadAnalyserFromDisk();
  const text = `import torch.nn as nn\nclass Net(nn.Module):\n    pass\n${'x = [1]\n'.repeat(1000)}`;
  let hours = 0;
  using _ = vi.spyOn(performance, 'now').mockImplementation(() => 3_600_000 * hours++);
  expect(analyser.analyse(text, DEFAULT_OPTIONS).unread).toEqual([]);
});
