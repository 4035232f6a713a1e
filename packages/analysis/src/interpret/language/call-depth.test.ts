import { test } from 'vitest';
import { checkParameters } from '../../../test/check-parameters.ts';

const DEEP = `
class Starts(nn.Module):
    def begin(self):
        for one in self.children():
            if isinstance(one, Starts): one.begin()
            else: nn.init.normal_(one.weight, std=0.02)

class One(Starts):
    def __init__(self, n):
        super().__init__()
        self.at = nn.Linear(n, n, bias=False)

${[2, 3, 4]
  .map(
    (level) => `class Level${level}(Starts):
    def __init__(self, n):
        super().__init__()
        self.at = nn.Linear(n, n, bias=False)
        self.below = ${level === 2 ? 'One' : `Level${level - 1}`}(n)
`,
  )
  .join('\n')}
class Top(Starts):
    def __init__(self, n):
        super().__init__()
        self.below = Level4(n)
        self.begin()
`;

test('a method that each part of a part has is followed down to the last', () => {
  checkParameters(
    DEEP,
    `
below.at.weight: n × n, random 0.02
below.below.at.weight: n × n, random 0.02
below.below.below.at.weight: n × n, random 0.02
below.below.below.below.at.weight: n × n, random 0.02
`,
  );
});

/** A chain of functions, of which the last makes a model of parts and starts these. */
const chainOf = (length: number): string => `
class Part(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.fc = self.layer(n)

    def layer(self, n): return nn.Linear(n, n, bias=False)

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.part = Part(n)

    def begin(self): nn.init.normal_(self.part.fc.weight, std=0.02)

def make0():
    n = 64
    net = Net(n)
    net.begin()
    return net
${Array.from({ length }, (_, at) => `def make${at + 1}(): return make${at}()`).join('\n')}
make${length}()
`;

test('a model that functions make has the start that these give it', () => {
  checkParameters(chainOf(4), 'part.fc.weight: n × n, random 0.02');
});

test('a model with a part that is too deep in calls to be followed has no known start', () => {
  checkParameters(chainOf(21), 'part.fc.weight: n × n, unknown (something that is not read)');
});
