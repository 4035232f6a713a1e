import { expect, test } from 'vitest';
import { answerText } from './call-tool.ts';
import { pathsAsked, pathsOutside } from './paths-asked.ts';

test('a tool answers with its text, and what went wrong is an error', () => {
  const content = [
    { type: 'text', text: '{"files":[]}' },
    { type: 'text', text: 'a note' },
  ];
  expect(answerText(JSON.stringify({ result: { content } }))).toBe('{"files":[]}\na note');
  expect(() => answerText(JSON.stringify({ error: { message: 'there is no tool x' } }))).toThrow('no tool x');
  expect(() => answerText('{}')).toThrow('did not answer');
});

test('a person is asked about paths that lie outside of the workspace', () => {
  const outside = (...paths: string[]): readonly string[] =>
    pathsOutside(paths, ['/code/a', '/code/b'], '/code/a');
  expect(outside('model.py', './x/y.py', '/code/b/m.py', '.')).toEqual([]);
  expect(outside('../c/m.py', '/etc/m.py', '/code/ab/m.py')).toEqual([
    '../c/m.py',
    '/etc/m.py',
    '/code/ab/m.py',
  ]);
  expect(pathsAsked({ paths: ['a', 'b'], profile: 'mup' })).toEqual(['a', 'b']);
  expect(pathsAsked({ file: 'm.py:Net' })).toEqual(['m.py:Net']);
});
