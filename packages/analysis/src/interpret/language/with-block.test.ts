import { expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';

let units = 0;
const analyser = await loadTestAnalyser({}, (spent) => {
  units = spent;
});

/** What a model takes that starts within a context manager of much work, which does something besides. */
function unitsBeside(last: string): number {
  const before = [
    'from contextlib import contextmanager',
    'noted = {}',
    '@contextmanager',
    'def around(net, n):',
    ...Array.from({ length: 300 }, (_, at) => `    size${at % 7} = [n, ${at}]`),
    '    yield',
    `    ${last}`,
  ].join('\n');
  const init = 'with around(self, n):\n    nn.init.normal_(self.b.weight)';
  analyser.analyse(chainModel({ before, init, optimizer: 'None' }));
  return units;
}

test('a context manager that leaves alone all that comes to models does not run again as it is left', () => {
  const once = unitsBeside('pass');
  expect(unitsBeside('noted["n"] = 1')).toBeLessThan(1.1 * once);
  expect(unitsBeside('net.b.weight.data.div_(n)')).toBeGreaterThan(1.5 * once);
});
