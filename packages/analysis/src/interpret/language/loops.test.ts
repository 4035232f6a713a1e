import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

test('a loop without an end that is left by a condition which no round changes is left somehow', () => {
  checkValues(`
std = 0.02
class Gate: is_open = False
while True:
    if Gate.is_open: break
    std = 1 / math.sqrt(n)
after = n ** -0.5
after  # reveals: n^-½
std  # reveals: 0.02 or n^-½
`);
});

describe('a loop that may go round any number of times, none as well,', () => {
  test('may leave a name as it was', () => {
    checkValues(`
std = 1 / math.sqrt(n)
for e in extras: std = 0.02
std  # reveals: n^-½ or 0.02
while flag: std = 0.5
std  # reveals: n^-½ or 0.02 or 0.5
`);
  });

  test('counts what it goes through as well where that is objects of a class of the code, which hold data and no layers', () => {
    checkValues(`
class Sample:
    def __init__(self, text): self.text = text.strip()
class Wrapped:
    def __init__(self): self.inner = nn.Linear(n, n)
def samples(texts):
    for text in texts: yield Sample(text)
at = 0
for epoch in epochs:
    for sample in samples(texts): at += 1
rate = 0.1 / (at + 1)
rate  # reveals: 1
met = 0
for epoch in epochs:
    for wrapped in [Wrapped() for _ in range(k)]: met += 1
met  # reveals: unknown
`);
  });

  test('leaves unknown what moves each time', () => {
    checkValues(`
std = n ** -0.25
for i in range(k): std = std / math.sqrt(n)
std  # reveals: unknown
`);
  });

  test('may make a number another one at other widths where what it is made of is, or what counts the rounds', () => {
    checkValues(`
done = 0
for item in items:
    for _ in range(k): done += 2
done  # reveals: 0 or 1
seen = 0
while seen < k: seen = 0.5 * seen + 1
seen  # reveals: 1
most = 0
while most < n: most += 1
most  # reveals: unknown
often = 0
for i in range(n): often += 1
often  # reveals: unknown
seen, epochs = 0, several()
for epoch in epochs:
    for item in items: seen += k
    for item in range(epoch.count): seen += 1
seen  # reveals: 0 or 1
left = 0
while True:
    left += 1
    if left > n: break
left  # reveals: unknown
grown = 1
for item in items: grown = 2 * grown + n
grown  # reveals: unknown
rows = 0
for row in enumerate(nn.Linear(n, n).weight): rows += 1
rows  # reveals: unknown
`);
  });

  test('leaves unknown what comes from a name that moves, however far back', () => {
    checkValues(`
a, b, c, d, std = n, n, n, n, n
for e in extras: std, a, b, c, d = a, b, c, d, 0.02
std  # reveals: unknown
`);
  });

  test('knows what every round says alike', () => {
    checkValues(`
std = 2 / math.sqrt(n)
for e in extras:
    scale = math.sqrt(n)
    std = 1 / scale
std  # reveals: n^-½
scale  # reveals: n^½
`);
  });

  test('may do in a later round what it does in none of the first', () => {
    checkValues(`
b, c, d = nn.Linear(n, n), nn.Linear(n, n), nn.Linear(n, n)
i = 0
while i < k:
    if i == 5: nn.init.normal_(b.weight, std=1)
    if i < 0: nn.init.normal_(d.weight, std=1)
    i += 1
b.weight  # reveals: ~unknown
c.weight  # reveals: ~n^-½
`);
  });

  test('ends at a yield', () => {
    checkValues(`
a = nn.Linear(n, n)
def start():
    while True:
        std = yield
        nn.init.normal_(a.weight, std=std)
starting = start()
starting.send(1)
a.weight  # reveals: ~n^-½ or ~unknown
`);
  });

  test('moves attributes', () => {
    checkValues(`
class Config: pass
c = Config()
c.std = 1
for e in extras: c.std = c.std * n
c.std  # reveals: unknown
for e in extras: c.name = 3
c.name  # reveals: 3
`);
  });

  test('may not initialize a weight, or in a third round otherwise than in a second', () => {
    checkValues(`
b = nn.Linear(n, n)
for e in extras: nn.init.normal_(b.weight, std=0.02)
b.weight  # reveals: ~n^-½ or ~0.02
nn.init.normal_(b.weight)
for e in extras: b.weight.data.mul_(n)
b.weight  # reveals: ~unknown
`);
  });

  test('has its first round and all after it apart', () => {
    checkValues(`
first = True
a = 1
for x in xs:
    if first: a = 2
    else: a = 3
    first = False
a  # reveals: 1 or 2 or 3
`);
  });

  test('moves what it multiplies a tensor by', () => {
    checkValues(`
h = nn.Linear(8, n, bias=False)(x)
for e in extras: h = h * n
h  # reveals: repeat(scale n(input·Linear.weight), scale n(scale n(input·Linear.weight)))
h = nn.Linear(8, n, bias=False)(x)
for e in extras: h = F.relu(h)
h  # reveals: repeat(relu(input·Linear.weight), relu(relu(input·Linear.weight)))
`);
  });

  test('within another one moves what that one keeps', () => {
    checkValues(`
s = 1
for x in xs:
    for y in ys: s = s * n
s  # reveals: 1 or unknown
`);
  });

  test('makes of a list one that is open', () => {
    checkValues(`
xs = []
for i in range(k): xs.append(0.02)
xs  # reveals: [0.02, 0.02, …]
len(xs)  # reveals: unknown
scales = []
s = 1
for i in range(k):
    scales.append(s)
    s = s / n
scales[-1]  # reveals: unknown
`);
  });
});

test('a loop over a part of a list may begin with any item', () => {
  checkValues(`
a, b = nn.Linear(n, n), nn.Linear(n, n)
std = 1
for layer in [a, b][k:]:
    std  # reveals: 1 or n^-½ or unknown
    std = std / math.sqrt(n)
`);
});

test('a loop over what a condition has put parameters into has each of them', () => {
  checkValues(`
class Net(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.inp = nn.Linear(32, d)
        self.mid = nn.Linear(d, d)
kept = {}
for m in Net(n).modules():
    if hasattr(m, 'in_features'):
        kept[m.weight] = 1 / n
for p, r in kept.items():
    p  # reveals: ~1 or unknown
`);
});

describe('a loop over what is known goes round exactly so often:', () => {
  test('not at all', () => {
    checkValues(`
a = 1
for e in []: a = 2
while False: a = 2
a  # reveals: 1
`);
  });

  test('once for each item', () => {
    checkValues(`
std = 0.02
for e in (1, 2): std = std * n
std  # reveals: n^2
for i in range(3): std = std * n
std  # reveals: n^5
for i in range(64): last = i
last  # reveals: 63
for i in range(65): far = i
far  # reveals: i
`);
  });

  test('over pairs', () => {
    checkValues(`
for a, b in ((1, 2), (3, n)): s = a * b
a  # reveals: 3
s  # reveals: n
`);
  });
});

describe('a loop ends', () => {
  test('at a break, with what was true there', () => {
    checkValues(`
a = n ** -0.5
for i in range(3):
    if flag: break
    a = 0.02
a  # reveals: 0.02 or n^-½
while True:
    a = 2
    if flag: break
    a = 3
a  # reveals: 2
for x in xs:
    if flag: break
    a = a * n
a  # reveals: unknown
`);
  });

  test('not at a continue', () => {
    checkValues(`
a = 1
for i in range(2):
    a = 2
    if flag: continue
    a = 3
a  # reveals: 3 or 2
`);
  });

  test('with its else, unless a break ended it', () => {
    checkValues(`
a = 1
for s in (0.5, 0.25):
    if flag:
        a = s
        break
else:
    a = 9
a  # reveals: 9 or 0.5 or 0.25
for s in (1, 2): pass
else: b = 4
b  # reveals: 4
while flag: pass
else: c = 5
c  # reveals: 5
`);
  });

  test('at a return, in any round', () => {
    checkValues(`
def f(xs):
    for x in xs:
        if x: return 2
    return 3
f(ys)  # reveals: 2 or 3
def g(xs):
    s = 1
    for x in xs:
        s = s * n
        if x: return s
    return 3
g(ys)  # reveals: n or n^2 or unknown or 3
def h():
    for x in (1, 2): return x
    return 3
h()  # reveals: 1
`);
  });
});

describe('a loop that makes layers goes round:', () => {
  test('each layer has the one before as its input', () => {
    checkValues(`
layers = []
d = 16
for h in hidden:
    layers.append(nn.Linear(d, n))
    d = n
layers.append(nn.Linear(d, 4))
layers  # reveals: [Linear(16, n), Linear(n, n), Linear(n, 4)]
`);
  });

  test('and initializes them', () => {
    checkValues(`
layers = nn.ModuleList()
for i in range(k):
    layer = nn.Linear(n, n)
    nn.init.normal_(layer.weight, std=0.02)
    layers.append(layer)
layers[0].weight  # reveals: ~0.02
layers[1].weight  # reveals: ~0.02
layer.weight  # reveals: ~0.02
for one in layers: nn.init.zeros_(one.weight)
layers[0].weight  # reveals: ~0
`);
  });

  test('so does one over layers, however many, and each of them is met once', () => {
    checkValues(`
layers = [nn.Linear(n, n) for _ in range(k)]
layers  # reveals: [Linear(n, n), Linear(n, n), …]
s = 1
for one in layers:
    one.weight.data.mul_(n)
    s = s * n
layers[0].weight  # reveals: ~n^½
s  # reveals: unknown
`);
  });
});

test('going through a short text gives its characters', () => {
  checkValues(`
layers = {key: nn.Linear(n, n) for key in 'qk'}
[key for key in 'qkv']  # reveals: ['q', 'k', 'v']
layers['k']  # reveals: Linear(n, n)
`);
});
