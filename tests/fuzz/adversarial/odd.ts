import { HEAD, inForward, inModel, type NamedText, namedTexts, times } from './named-text.ts';

/** Names and signs that programs about programs stumble over. */
export const odd: readonly NamedText[] = namedTexts({
  'names of JavaScript': () =>
    inModel(
      ...[
        '__proto__',
        'constructor',
        'hasOwnProperty',
        'toString',
        'valueOf',
        'then',
        'length',
        'prototype',
      ].flatMap((name) => [
        `self.${name} = nn.Linear(width, width)`,
        `${name} = {"${name}": self.${name}}`,
        `self.add_module("${name}", nn.Linear(width, ${name}))`,
      ]),
    ),
  'names of JavaScript as classes': () =>
    HEAD +
    times(1, '') +
    ['__proto__', 'constructor', 'Object', 'toString']
      .map(
        (name) =>
          `class ${name}(nn.Module):\n    def __init__(self, constructor): self.a = nn.Linear(constructor, constructor)\n`,
      )
      .join(''),
  'names of JavaScript as options': () =>
    `${HEAD}# widthwise: width(__proto__, constructor, toString)\n# noqa: constructor\n${inModel('self.x = nn.Linear(constructor, __proto__)').slice(HEAD.length)}`,
  'names of regular expressions': () =>
    `${HEAD}# widthwise: width((a+)+$, [, \\, .*, ^)\n# noqa: [(*+?\n${inModel().slice(HEAD.length)}`,
  'markdown for names': () =>
    inModel(
      'self.p = nn.ModuleDict({"![x](https://evil.example/x.png)": nn.Linear(64, width), "a`<img src=x>`": nn.Linear(width, width)})',
    ),
  'terminal sequences for names': () =>
    inModel(
      'self.p = nn.ModuleDict({"\\x1b]8;;https://evil.example\\x07a": nn.Linear(64, width), "\\x1b[2J\\u202e": nn.Linear(width, width)})',
    ),
  'empty names': () =>
    inModel(
      'self.add_module("", nn.Linear(width, width))',
      'setattr(self, "", nn.Linear(width, width))',
      'self.p = nn.ModuleDict({"": nn.Linear(width, width)})',
    ),
  'a name of 10 kB': () => inModel(`self.add_module("${'n'.repeat(10_000)}", nn.Linear(width, width))`),
  'names with dots': () =>
    inModel(
      'self.add_module("a.b.weight", nn.Linear(width, width))',
      'self.add_module("..", nn.Linear(width, width))',
      'setattr(self, "a.b", 1)',
    ),
  'lone surrogates': () =>
    inModel(
      'self.p = nn.ModuleDict({"\ud800": nn.Linear(width, width), "\udc00x": nn.Linear(width, width)})',
      '# \udfff',
    ),
  'bidirectional marks': () =>
    inModel('self.a = nn.Linear(width, width) # \u202e \u2066 )thdiw ,htdiw(', 'x = "\u202e"'),
  'identifiers beyond ASCII': () =>
    inModel(
      'self.αβγ = nn.Linear(width, width)',
      '𝔫 = width',
      'self.漢字 = nn.Linear(𝔫, 𝔫)',
      'ﬁ = fi',
      'nn.init.normal_(self.漢字.weight, std=0.02)',
    ),
  'a byte order mark in the middle': () => inModel('\ufeffx = 1', 'y = "\ufeff"'),
  'NULs in the middle': () => inModel('x = "\0"', '\0y = 1'),
  'form feeds before code': () => inModel('\fx = 1', '\f\fself.b = nn.Linear(width, width)'),
  'tabs against spaces': () =>
    `${HEAD}class Net(nn.Module):\n\tdef __init__(self, width):\n        \tself.a = nn.Linear(width, width)\n\t\tself.b = nn.Linear(width, width)\n`,
  'mixed ends of lines': () =>
    inModel('x = 1', 'y = 2')
      .split('\n')
      .map((line, i) => line + ['\n', '\r', '\r\n'][i % 3])
      .join(''),
  'numbers at the edges': () =>
    inModel(
      ...[
        '1e308 * 10',
        '-0.0',
        '5e-324',
        `0x${'f'.repeat(400)}`,
        `0b${'1'.repeat(5000)}`,
        '1_0_0',
        '1e-400',
        '9007199254740993',
        '1e999 - 1e999',
        '0 / 0',
        '1 % 0',
        '0 ** -1',
        '(-1) ** 0.5',
        '2 ** 1024',
        '-2 ** 1023.5',
      ].map((n) => `nn.init.normal_(nn.Linear(width, 8).weight, std=${n})`),
    ),
  'division by nothing': () =>
    inModel(
      'a = 1 / 0',
      'b = width // 0',
      'c = width % 0',
      'd = divmod(width, 0)',
      'self.x = nn.Linear(int(width / 0), round(1e999))',
    ),
  'strange indices': () =>
    inModel(
      'xs = [nn.Linear(width, width)]',
      'a = xs[10**20]',
      'b = xs[-(10**20)]',
      'c = xs[::0]',
      'd = xs[1.5]',
      'e = xs[None:10**30:-10**30]',
      'xs[10**9] = 1',
      'del xs[10**9]',
      'self.l = nn.ModuleList(xs[::-1])',
    ),
  'strange calls': () =>
    inModel(
      'nn.Linear()',
      'nn.Linear(*width)',
      'nn.Linear(**width)',
      'nn.Linear(1, 2, 3, 4, 5, 6, 7, 8, 9)',
      'nn.Linear(in_features=1, in_features=2)',
      'nn.Linear(lambda: width, nn.Linear)',
      'nn.Linear(nn, torch)',
      'nn()',
      'torch(1)',
      'super()()',
      'self()',
      '1()',
      '"a"()',
      'None()',
    ),
  'strange initializers': () =>
    inModel(
      'nn.init.normal_()',
      'nn.init.normal_(self)',
      'nn.init.normal_(std=1)',
      'nn.init.kaiming_normal_(width)',
      'nn.init.uniform_(nn.Linear(width, width).weight, nn, torch)',
      'nn.init.constant_(self.none.weight, self)',
      'nn.init.xavier_uniform_(nn.Linear(0, 0).weight, gain=nn.init)',
    ),
  'strange optimizers': () =>
    `${inModel()}m = Net(1)\nfor o in [torch.optim.Adam(), torch.optim.Adam(m), torch.optim.Adam(m.parameters(), m), torch.optim.Adam([m.parameters(), 1, None, {}], lr={}), torch.optim.SGD([{"params": None, "lr": "x"}], lr=None), torch.optim.Adam(lr=torch.optim.Adam)]: o.step()\n`,
  'strange forwards': () =>
    inForward(
      'return',
      'return None',
      'return self',
      'return self.forward',
      'yield x',
      'return (yield x)',
      'x = self.fc(self.fc)',
      'x = self.fc()',
      'x = self.fc(x, x, x=x)',
      'raise x',
      'return x @ self.fc @ x',
    ),
  'keywords in the wrong place': () =>
    inModel(
      'class = 1',
      'def',
      'for in range:',
      'import',
      'from import x',
      'lambda',
      'return return',
      'with as',
      'else:',
      'except:',
      'case _:',
      '@',
      'del',
      'async',
      'await',
      'nonlocal',
      'global',
    ),
  'old Python': () =>
    inModel(
      'print "x"',
      'exec "x"',
      'raise E, "x"',
      'x = `y`',
      'x <> y',
      'def f((a, b)): pass',
      '0777',
      'ur"x"',
    ),
  'new Python': () =>
    `${HEAD}type A[T: int = str, *Ts, **P] = dict[T, P]\ndef f[T](x: T, /, *, y) -> T: ...\nclass Net[T](nn.Module):\n    def __init__(self, n):\n        try: self.a = nn.Linear(n, n)\n        except* (A, B): pass\n        x = t"{n}"\n        match n:\n            case {"a": [1, *_], **rest} if (y := rest): pass\n`,
  'a notebook': () =>
    `{"cells": [{"cell_type": "code", "source": ["import torch\\n", "class Net(torch.nn.Module):\\n"]}]}\n${HEAD}`,
  'cells and magics': () =>
    `${HEAD}# %% cell\n%matplotlib inline\n!pip install torch\n%%time\n?x\n${inModel().slice(HEAD.length)}`,
  'a conflict of a merge': () =>
    `${HEAD}<<<<<<< HEAD\n${inModel().slice(HEAD.length)}=======\n${inModel('x = 1').slice(HEAD.length)}>>>>>>> main\n`,
  'a diff': () =>
    HEAD +
    inModel()
      .split('\n')
      .map((line, i) => `${'+- '[i % 3]}${line}`)
      .join('\n'),
  'the same class 300 times': () => inModel() + inModel().slice(HEAD.length).repeat(300),
  'a class in its own body': () =>
    `${HEAD}class Net(nn.Module):\n    class Net(nn.Module):\n        Net = Net\n    def __init__(self): self.Net = Net()\n    __init__ = Net\n    forward = __init__\n    forward.forward = forward\n`,
  'a constructor that is no function': () =>
    `${HEAD}class A(nn.Module):\n    __init__ = nn.Linear\n    forward = 1\nclass B(nn.Module):\n    __init__ = None\n    def forward(): pass\nclass C(nn.Module):\n    def __init__(): self.a = nn.Linear(1, 1)\nclass D(nn.Module):\n    def __init__(*, self): self.a = nn.Linear(self, self)\nA(); B(); C(); D()\n`,
  'layers that are deleted': () =>
    inModel(
      'self.a = nn.Linear(width, width)',
      'del self.a',
      'self.a.weight = None',
      'self.b = nn.Linear(width, width)',
      'self.b.weight = self.b',
      'delattr(self, "b")',
      'self.__dict__.clear()',
      'self.__class__ = nn.Linear',
    ),
  'weights tied in a ring': () =>
    inModel(
      'self.a = nn.Linear(width, width)',
      'self.b = nn.Linear(width, width)',
      'self.a.weight = self.b.weight',
      'self.b.weight = self.a.weight',
      'self.a.weight = self.a.weight.T.weight',
      'self.a = self.b = self.a',
    ),
  'only a class header': () => `${HEAD}class Net(nn.Module):`,
  'only half a word': () => 'import torch\ncl',
  'only the import': () => 'import torch',
  nothing: () => '',
});
