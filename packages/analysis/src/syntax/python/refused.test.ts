import { describe, expect, test } from 'vitest';
import { loadTestParser } from '../../../test/load-analyser.ts';
import { Budget } from '../../budget.ts';
import { lineIndex } from '../line-index.ts';

const parser = await loadTestParser();

/** The line of the first thing that Python does not take; null where it takes all. */
function refusedLine(text: string): number | null {
  const { brokenAt } = parser.parse(text, new Budget());
  return brokenAt === null ? null : lineIndex(text).placeOf(brokenAt).line;
}

/** By CPython 3.11, which refuses each, with the line of its message; of a block that is missing, the line that begins it. */
const REFUSED: readonly (readonly [line: number, text: string])[] = [
  [3, 'if a:\n    b\n  c\n'],
  [2, 'a = 1\n    b = 2\n'],
  [3, 'if a:\n    b\n      c\n'],
  [3, 'if a:\n        b\n\tc\n'],
  [1, 'def f():\n# nothing\ng = 1\n'],
  [2, 'class A:\n    def f(self):\n\n    g = 1\n'],
  [1, 'for a in b:'],
  [1, 'f(a=1, a=2)\n'],
  [1, 'f(a=1, 2)\n'],
  [1, 'f(**a, 2)\n'],
  [1, 'f(**a, *b)\n'],
  [1, 'f(async=True)\n'],
  [1, "print 'a'\n"],
  [1, "exec 'a'\n"],
  [1, 'return 1\n'],
  [2, 'class A:\n    return 1\n'],
  [1, 'yield 1\n'],
  [2, 'def f():\n    await a\n'],
  [2, 'def f():\n    return (a for a in await b)\n'],
  [2, 'def f():\n    return (lambda: await a for a in b)\n'],
  [1, 'break\n'],
  [4, 'for a in b:\n    pass\nelse:\n    continue\n'],
  [3, 'while a:\n    def f():\n        break\n'],
  [1, 'nonlocal a\n'],
  [2, 'def f():\n    from a import *\n'],
  [1, 'from a import b,\n'],
  [1, 'from a import b.c\n'],
  [1, 'a := 1\n'],
  [1, 'a = b := 1\n'],
  [1, '*a = b\n'],
  [1, '*a, *b = c\n'],
  [1, 'a = *b\n'],
  [1, 'a, b += c\n'],
  [1, 'a, b: int = c\n'],
  [1, 'print((*a))\n'],
  [1, 'del f()\n'],
  [1, "raise A, 'b'\n"],
  [1, 'a <> b\n'],
  [1, 'def f(a, a): pass\n'],
  [1, 'def f(a=1, b): pass\n'],
  [1, 'lambda a=1, b: 2\n'],
  [1, 'def f(*): pass\n'],
  [1, 'def f(**a, b): pass\n'],
  [1, 'def f(a, (b, c)): pass\n'],
  [1, 'a = 0777\n'],
  [1, 'a = 1L\n'],
  [1, 'a = 1_\n'],
  [1, "a = b'é'\n"],
  [1, "a = ur'b'\n"],
  [1, "a = 'b' b'c'\n"],
  [1, "a = '\\x1'\n"],
  [1, "a = b'\\x1'\n"],
  [1, "a = '\\u12'\n"],
  [1, "a = f'\\u12'\n"],
  [1, "a = '\\U00110000'\n"],
  [1, "a = '\\N{bullet'\n"],
  [1, 'try:\n    a\nelse:\n    b\n'],
  [1, 'try:\n    a\nexcept:\n    b\nexcept C:\n    d\n'],
  [1, 'else: pass\n'],
  [1, 'except: pass\n'],
  [2, 'def f():\n    async with a: pass\n'],
  [2, 'def f():\n    async for a in b: pass\n'],
  [2, 'def f():\n    return [a async for a in b]\n'],
  [2, 'async def f():\n    yield from a\n'],
  [3, 'def f():\n    print(a)\n    global a\n'],
  [3, 'def f():\n    for a in b: pass\n    global a\n'],
  [2, 'def f(a=1):\n    global a\n'],
  [5, 'def f():\n    a = 1\n    def g():\n        a = 2\n        nonlocal a\n'],
  [2, 'def f():\n    nonlocal a\n'],
  [1, '[a for a in (b := c)]\n'],
  [1, '[a for a in b, c]\n'],
  [1, 'f(a for a in b, c)\n'],
  [1, '[*a for a in b]\n'],
  [1, 'for *a in b: pass\n'],
  [1, 'for a in b := c: pass\n'],
  [1, 'f(a=b := 1)\n'],
  [1, 'lambda: a := 1\n'],
  [1, 'assert a, b, c\n'],
  [1, 'del a, (b, c())\n'],
  [1, 'del *a, b\n'],
  [1, 'from __future__ import braces\n'],
  [2, 'def f():\n    from __future__ import division\n'],
];

/** By CPython 3.11 or a later one, which takes each. */
const TAKEN: readonly string[] = [
  'if a:\n\tb\n\tif c:\n\t\td\ne\n',
  'if a: b\nc\n',
  'if a:\n    # b\n  # c\n    d\n# e\n    f\n',
  'a = [\n  1,\n    2,\n]\nb = """\n  c:\n"""\nd = 1 + \\\n    2\n',
  'def f(\n    a,\n):\n    return {\n  a: 1}\n',
  'class A: x: int\ntry:\n    a\nexcept B: pass\nfinally:\n    c\n',
  'f(*a, b, *c, d=1, *e, **g, h=2, **i)\n',
  'f(a for a in b)\nf((a := 1), b=(c := 2))\nf(d := 3)\n',
  'print >> a, b\nprint (a), b\nprint(*a)\nprint -1\nexec(a, b)\n',
  'for a in b:\n    if c:\n        break\n    else:\n        continue\n',
  'async def f():\n    async with a as b:\n        return await c\n',
  'def f():\n    a = yield\n    return *a, b\nlambda: (yield)\n',
  'def f():\n    a = 1\n    def g():\n        nonlocal a\n',
  'from a import (b, c,)\nfrom a import *\n',
  '*a, b = c\n(a), b = c\n(a) += 1\n[a, *b] = c\n(a): int = 1\nx: int\na = b = c\n',
  'def f(a, /, b, c=1, *, d, e=2, **g): pass\ndef f(*a, b, c=1, d): pass\nlambda *a, b=1, c: 2\n',
  'with (open(a) as b, open(c) as d):\n    pass\nwith a as b, c as d: pass\n',
  'match a:\n    case [b, *c] if c: pass\n    case _:\n        pass\n',
  'class A[T](B): pass\ndef f[T](a: T) -> T: return a\ntype B = int\n',
  'a = b[*c]\nx = f"{a["b"]}"\ndel a, b.c, d[0], (e, g)\nraise a from b\n',
  'if a:\n    b\n\n\n\f\nc\n',
  'a = 00 + 0_0 + 09j + 0777.5 + 0x1F\n',
  "a = '\\U000f0000 \\u00e9 \\x41 \\N{BULLET} \\q' 'b' f'c{d}' r'\\u1'\n",
  "a = b'\\xe9' rb'\\x'\n",
  'try:\n    a\nexcept B:\n    b\nexcept:\n    c\ntry:\n    a\nfinally: b\n',
  'async def f():\n    async with a: pass\n    return [await b async for b in c]\n',
  'await a\nasync with b: pass\n',
  'def f():\n    return (a * 2 for a in b if await c(a))\n',
  'class A:\n    def f(self):\n        nonlocal __class__\n        __class__ = B\n',
  'def f(a=1, \\\n      b=2):\n    return g(a=a, \\\n             b=b)\n',
  'assert a, \\\n    b\n',
  'def f(b):\n    c.a = d(a=[a for a in b])\n    def g(): a = 1\n    global a\n    a = 2\n',
  'def f():\n    class A:\n        nonlocal b\n    b = 1\n',
  '[a for a, in b if (c := a)]\nf((a for a in b), c)\n[a for a in (b, c)]\n',
  'assert a, (b, c)\ndel (a, [b.c, d[e()]])\nlambda: (a := 1)\nf(a=(b := 1))\n',
  'from __future__ import annotations, division as d\n',
  'def f():\n    if (a and # b (\nc): pass\n',
  'def f():\n    while (a or\nb == c):\n        g((d\nif e\nelse h), lambda:\ni)\n',
];

describe('Python refuses what the grammar takes', () => {
  test.each(REFUSED)('on line %i of %j', (line, text) => {
    expect(refusedLine(text)).toBe(line);
  });

  test.each(TAKEN)('but not %j', (text) => {
    expect(refusedLine(text)).toBeNull();
  });
});

test('a class in which something is refused is broken, and no other', () => {
  const text =
    'class A:\n    a = f(b=1, b=2)\nclass B:\n    c = 1\nclass C:\n    def f(self):\nclass D:\n    d = 1\n';
  const broken = parser.parse(text, new Budget()).body.map((one) => one.kind === 'class' && one.broken);
  expect(broken).toEqual([true, false, true, false]);
});
