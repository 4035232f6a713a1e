import type { Finding } from '@widthwise/analysis';
import { expect, test } from 'vitest';
import { oneOfEachCause } from './one-of-each-cause.ts';

function found(
  start: number,
  elsewhere?: Finding['elsewhere'],
  severity: Finding['severity'] = 'warning',
): Finding {
  return {
    code: 'MUP101',
    name: 'constant-hidden-init',
    severity,
    span: { start, end: start + 4 },
    model: 'Net',
    message: '',
    assumptions: [],
    fixes: [],
    weights: [],
    related: [],
    ...(elsewhere && { elsewhere }),
  };
}

/** Where the findings that are kept of each file begin, and how loud they are. */
function kept(files: Readonly<Record<string, readonly Finding[]>>): readonly string[] {
  const given = Object.entries(files).map(([absolute, findings]) => ({ absolute, findings }));
  return oneOfEachCause(given).flatMap((findings, at) =>
    findings.map(({ span, severity }) => `${given[at]?.absolute} ${span.start} ${severity}`),
  );
}

const BASE = { path: '/w/base.py', offset: 70 };

test('what several models inherit stands at its line, or at the first of them, as loud as the loudest', () => {
  const models = { '/w/a.py': [found(1, BASE, 'hint')], '/w/b.py': [found(2, BASE)] };
  expect(kept(models)).toEqual(['/w/a.py 1 warning']);
  expect(kept({ ...models, '/w/base.py': [found(70, undefined, 'hint')] })).toEqual([
    '/w/base.py 70 warning',
  ]);
});

test('what several lines call is told at each, and not at models that meet it', () => {
  const call = { ...BASE, calls: [] };
  expect(
    kept({ '/w/a.py': [found(5, call), found(9, call)], '/w/b.py': [found(2, BASE), found(7, call)] }),
  ).toEqual(['/w/a.py 5 warning', '/w/a.py 9 warning', '/w/b.py 7 warning']);
});

test('where the cause itself, or a call on the way to it, has the finding, lines that come to that have none', () => {
  const outer = found(5, { ...BASE, calls: [{ path: '/w/b.py', offset: 7 }] });
  const inner = found(7, { ...BASE, calls: [] });
  expect(kept({ '/w/a.py': [outer], '/w/b.py': [inner] })).toEqual(['/w/b.py 7 warning']);
  expect(kept({ '/w/a.py': [outer], '/w/b.py': [inner], '/w/base.py': [found(70)] })).toEqual([
    '/w/base.py 70 warning',
  ]);
  expect(kept({ '/w/a.py': [outer], '/w/b.py': [found(8)] })).toEqual([
    '/w/a.py 5 warning',
    '/w/b.py 8 warning',
  ]);
});
