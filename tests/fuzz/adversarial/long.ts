import { HEAD, inForward, inModel, type NamedText, namedTexts, times, upTo } from './named-text.ts';

const MB = 1_000_000;
const MODEL = inModel();

/** Files as long as 10 MB, and files of very many of one thing. */
export const long: readonly NamedText[] = namedTexts({
  '10 MB of comments': () => HEAD + upTo(10 * MB, '# a comment\n') + MODEL,
  '10 MB of noqa comments': () => HEAD + upTo(10 * MB, 'x = 1  # noqa: MUP101\n'),
  '10 MB of code behind a noqa': () => `${HEAD}# noqa: MUP101\n${upTo(10 * MB, 'x = y + 1\n')}`,
  '10 MB of blank lines': () => HEAD + '\n'.repeat(10 * MB) + MODEL,
  '10 MB of spaces': () => HEAD + ' '.repeat(10 * MB) + MODEL,
  '10 MB of tabs and form feeds': () => HEAD + upTo(10 * MB, '\t\f') + MODEL,
  '10 MB of carriage returns': () => HEAD + '\r'.repeat(10 * MB) + MODEL,
  '10 MB on one line': () => `${HEAD}x = [${upTo(10 * MB, '1,')}]\n`,
  '10 MB of a string': () => `${HEAD}x = "${'a'.repeat(10 * MB)}"\n${MODEL}`,
  '10 MB of an unclosed string': () => `${HEAD}x = """${upTo(10 * MB, 'words and\n')}`,
  '10 MB of a name': () => `${HEAD}${'a'.repeat(10 * MB)} = 1\n`,
  '10 MB of a number': () => `${HEAD}x = ${'9'.repeat(10 * MB)}\n${MODEL}`,
  '10 MB of one sum': () => `${HEAD}x = 1${' + 1'.repeat(2.5 * MB)}\n`,
  '10 MB of small functions': () => HEAD + upTo(10 * MB, 'def f(x):\n    return x\n\n'),
  '10 MB of parrots': () => `${HEAD}# ${'🦜'.repeat(2.5 * MB)}\n${MODEL}`,
  '10 MB of NULs': () => HEAD + '\0'.repeat(10 * MB),
  '10 MB of quotes': () => HEAD + '"'.repeat(10 * MB),
  '10 MB of backslashes': () => HEAD + '\\'.repeat(10 * MB),
  '10 MB of open brackets': () => HEAD + '['.repeat(10 * MB),
  '10 MB of classes of models': () => HEAD + upTo(10 * MB, MODEL.slice(HEAD.length)),
  '10 MB that no library is imported in': () => upTo(10 * MB, 'class A:\n    x = 1\n'),
  '10 MB before the first import': () => `${upTo(10 * MB, 'x = 1\n')}${MODEL}`,
  '8,000 comment lines': () => HEAD + '# comment line\n'.repeat(8000) + MODEL,
  '16,000 comment lines of unequal length': () =>
    HEAD + times(16_000, (i) => `# ${'x'.repeat(i % 90)}\n`) + MODEL,
  '8,000 indented comment lines in a class': () =>
    `${MODEL}${'        # self.old = nn.Linear(1, 1)\n'.repeat(8000)}`,
  '8,000 comments behind code': () => HEAD + 'x = 1  # why\n'.repeat(8000) + MODEL,
  '4,000 noqa comments': () => HEAD + '# noqa: E501\n'.repeat(4000) + MODEL,
  'a comment of 8,000 notes': () => `${HEAD}#${' # noqa: MUP101'.repeat(8000)}\n${MODEL}`,
  'a noqa with 100,000 codes': () => `${HEAD}x = 1  # noqa: ${'MUP101,'.repeat(100_000)}\n${MODEL}`,
  'off and on 4,000 times': () => HEAD + '# widthwise: off\n# widthwise: on\n'.repeat(4000) + MODEL,
  'off 10,000 times': () => HEAD + '# widthwise: off\nx = 1\n'.repeat(10_000) + MODEL,
  '10,000 declared widths': () => HEAD + times(10_000, (i) => `# widthwise: width(w${i})\n`) + MODEL,
  'a width directive of spaces': () => `${HEAD}# widthwise: width(${' '.repeat(200_000)}\n${MODEL}`,
  '10,000 continuation lines': () => `${HEAD}x = 1${' + \\\n  1'.repeat(10_000)}\n${MODEL}`,
  '100,000 empty continuation lines': () => `${HEAD}x = 1 ${'\\\n'.repeat(100_000)}\n${MODEL}`,
  'carriage returns for line ends': () => HEAD.replaceAll('\n', '\r') + 'x = 1\r'.repeat(60_000),
  'line separators for line ends': () => HEAD + 'x = 1\u2028'.repeat(60_000),
  'an open bracket before hash marks': () => `${HEAD}x = (\nif ${':#'.repeat(50_000)}\r\n${MODEL}`,
  'an open bracket before colons': () => `${HEAD}x = (\n${'if a: '.repeat(50_000)}\n${MODEL}`,
  'an open bracket before spaces': () => `${HEAD}x = (\nif${' '.repeat(200_000)}x\n${MODEL}`,
  'a hundred open brackets in 100,000 lines': () =>
    HEAD + times(100_000, (i) => (i % 1000 ? 'x = 1\n' : 'x = (\n')),
  'an open string in every line': () => HEAD + 'x = "\n'.repeat(20_000) + MODEL,
  'triple quotes that alternate': () => HEAD + `x = """\ny = '''\n`.repeat(10_000) + MODEL,
  '100,000 semicolons': () => `${HEAD}${'x = 1;'.repeat(100_000)}\n${MODEL}`,
  '100,000 globals': () => `${HEAD}def f():\n${times(100_000, (i) => `    global x${i}\n`)}${MODEL}`,
  'a global with 200,000 spaces': () => `${HEAD}def f():\n    global ${'x '.repeat(100_000)}\n${MODEL}`,
  '100,000 imports': () => HEAD + times(100_000, (i) => `import m${i}\n`) + MODEL,
  'one import of 100,000 names': () =>
    `${HEAD}from m import ${times(100_000, (i) => `n${i}`, ', ')}\n${MODEL}`,
  '10,000 layers': () => inModel(times(10_000, (i) => `self.l${i} = nn.Linear(width, width)`, '\n')),
  '2,500 layers in a chain': () =>
    `${inModel(times(2500, (i) => `self.l${i} = nn.Linear(width, width)`, '\n')).split('    def forward')[0]}    def forward(self, x):\n${times(2500, (i) => `        x = self.l${i}(x)\n`)}        return x\n`,
  '2,500 layers, each initialized': () =>
    inModel(
      times(
        2500,
        (i) => `self.l${i} = nn.Linear(width, width)\nnn.init.normal_(self.l${i}.weight, std=0.02)`,
        '\n',
      ),
    ),
  '10,000 parameters': () =>
    inModel(times(10_000, (i) => `self.p${i} = nn.Parameter(torch.randn(width, width))`, '\n')),
  'one layer initialized 10,000 times': () =>
    inModel('self.a = nn.Linear(width, width)', 'nn.init.normal_(self.a.weight, std=0.02)\n'.repeat(10_000)),
  '1,000 models': () => HEAD + times(1000, (i) => MODEL.slice(HEAD.length).replace('Net', `Net${i}`)),
  '300 models of 30 layers': () =>
    HEAD +
    times(300, (i) =>
      inModel(times(30, (l) => `self.l${l} = nn.Linear(width, width)`, '\n'))
        .slice(HEAD.length)
        .replace('Net', `N${i}`),
    ),
  '20,000 steps of forward': () => inForward('x = torch.relu(self.fc(x))\n'.repeat(20_000)),
  '3,000 residual sums': () => inForward('x = x + self.fc(x)\n'.repeat(3000)),
  '100,000 keyword arguments': () => `${HEAD}f(${times(100_000, (i) => `a${i}=1`, ', ')})\n${MODEL}`,
  '100,000 parameters of a function': () =>
    `${HEAD}def f(${times(100_000, (i) => `a${i}=1`, ', ')}): pass\nf()\n${MODEL}`,
  '50,000 keys of a dict': () =>
    inModel(`d = {${times(50_000, (i) => `"k${i}": ${i}`, ', ')}}`, 'for k in d: d[k] = d[k]'),
  'a list of a million items, walked': () =>
    inModel(`xs = [${'1,'.repeat(1_000_000)}]`, 'for x in xs: y = x'),
  '3,000 base classes': () =>
    `${HEAD}${times(3000, (i) => `class B${i}(nn.Module): pass\n`)}class Net(${times(3000, (i) => `B${i}`, ', ')}): pass\n`,
  'a chain of 3,000 base classes': () =>
    `${HEAD}class B0(nn.Module): pass\n${times(3000, (i) => `class B${i + 1}(B${i}): pass\n`)}${MODEL.slice(HEAD.length).replace('nn.Module', 'B3000')}`,
  '1,000 optimizers': () =>
    `${MODEL}model = Net(64)\n${times(1000, () => 'o = torch.optim.Adam(model.parameters(), lr=1e-3)\n')}`,
  '1,000 groups of one optimizer': () =>
    `${MODEL}model = Net(64)\no = torch.optim.Adam([${times(1000, () => '{"params": model.parameters(), "lr": 1e-3}', ', ')}])\n`,
  '5,000 ways through ifs': () => inModel(times(5000, (i) => `if a${i}: n = ${i}`, '\n')),
  '30 independent ifs around a layer': () =>
    inModel(
      'n = width',
      times(30, (i) => `if a${i}: n = n * ${i + 2}`, '\n'),
      'self.x = nn.Linear(n, n)',
    ),
  '2,000 returns': () => inForward(times(2000, (i) => `if x[${i}]: return self.fc(x) * ${i}`, '\n')),
  '2,000 trys': () => inModel(times(2000, (i) => `try:\n    a${i} = f()\nexcept E:\n    a${i} = 1`, '\n')),
  '20,000 annotations': () => `${HEAD}class C:\n${times(20_000, (i) => `    a${i}: int = ${i}\n`)}${MODEL}`,
});
