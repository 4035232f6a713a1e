import { expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';
import { checkValues } from '../../../test/check-values.ts';

test('a bar goes through what it shows', () => {
  checkValues(`
import tqdm
from tqdm.auto import tqdm as bar, trange
from rich.progress import track
sizes, a, b = [], nn.Linear(n, n), nn.Linear(n, n)
for size in bar([1, n], desc='sizes'): sizes.append(size)
sizes  # reveals: [1, n]
for i in trange(3, leave=False): last = i
last  # reveals: 2
for layer in track([a, b]): nn.init.normal_(layer.weight, std=1)
a.weight  # reveals: ~1
with tqdm.tqdm([n], total=1) as shown:
    for size in shown: seen = size
seen  # reveals: n
`);
});

test('what is done to a bar is not done to what it shows', () => {
  checkValues(`
from tqdm import tqdm
sizes = [n]
shown = tqdm(sizes)
shown.set_postfix(loss=1)
shown.append(4)
sizes  # reveals: [n]
`);
});

/** c of each weight, where a schedule sets the rate by the rounds of a loop. */
function rates(rounds: string, rate = 'lr * 0.5 * (1 + math.cos(step / steps))'): readonly (number | null)[] {
  const model = chainModel({}).replace(/\ndef build[\s\S]*/, '');
  const source = `import math
from tqdm import tqdm, trange
${model}
def train(n, data, lr=0.1, steps=100):
    model = Net(n)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    for step in ${rounds}:
        for group in optimizer.param_groups: group['lr'] = ${rate}
        model(data()).mean().backward()
        optimizer.step()
`;
  return onlyModel(source).weights.map(({ c }) => c);
}

test('a rate that a schedule has of the rounds that a bar shows is the same at every width', () => {
  expect(rates('tqdm(range(steps), desc="training")')).toEqual([0, 0, 0]);
  expect(rates('trange(1, steps + 1)')).toEqual([0, 0, 0]);
  expect(rates('tqdm(range(resumed(), steps))')).toEqual([0, 0, 0]);
});

test('but where the width is in it', () => {
  expect(rates('tqdm(range(steps))', 'lr * step / n')).toEqual([1, 1, 1]);
  expect(rates('tqdm(rounds_of(n))', 'lr * step / scale_of(n)')).toEqual([null, null, null]);
});
