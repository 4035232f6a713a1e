import { test } from 'vitest';
import { checkParameters } from '../../../test/check-parameters.ts';

const treeOf = (ahead: string, round: string): string => `
class Leaf(nn.Module):
    def __init__(self, fan_in, fan_out):
        super().__init__()
        self.fc = nn.Linear(fan_in, fan_out, bias=False)

    def begin(self):
        nn.init.normal_(self.fc.weight, std=0.02)

class Tree(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.low = Leaf(3, n)
        self.both = nn.Sequential(Leaf(n, n), Leaf(n, n))
        self.high = Leaf(n, 4)
        ahead = ${ahead}
        while ahead:
            one = ahead.pop(0)
${round}
`;

const EACH = `            if isinstance(one, Leaf): one.begin()
            else: ahead.extend(one.children())`;

test('a list of parts is worked off one by one, with what is added on the way', () => {
  checkParameters(
    treeOf('list(self.children())', EACH),
    `
low.fc.weight: n × 3, random 0.02
both.0.fc.weight: n × n, random 0.02
both.1.fc.weight: n × n, random 0.02
high.fc.weight: 4 × n, random 0.02
`,
  );
});

test('a list of parts of which some may not be there is not worked off', () => {
  checkParameters(
    treeOf('[self.low] + ([self.high] if some else [])', EACH),
    `
low.fc.weight: n × 3, random 3^-½ or random 0.02
both.0.fc.weight: n × n, random n^-½
both.1.fc.weight: n × n, random n^-½
high.fc.weight: 4 × n, random n^-½ or random 0.02
`,
  );
});

test('a list that is left early may leave the others as they are', () => {
  checkParameters(
    treeOf('[self.low, self.high]', `${EACH}\n            if enough: break`),
    `
low.fc.weight: n × 3, random 0.02
both.0.fc.weight: n × n, random n^-½
both.1.fc.weight: n × n, random n^-½
high.fc.weight: 4 × n, random 0.02 or random n^-½
`,
  );
});

const countedTo = (rounds: string): string => `
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.fc = nn.Linear(n, n, bias=False)
        at = 0
        while at < ${rounds}:
            at += 1
            if at == 150: nn.init.normal_(self.fc.weight, std=0.02)
`;

test('a loop whose condition is known goes round to its end, and does what one round alone does', () => {
  checkParameters(countedTo('200'), 'fc.weight: n × n, random 0.02');
});

test('a loop that ends before the round that would do something does not do it', () => {
  checkParameters(countedTo('140'), 'fc.weight: n × n, random n^-½');
});
