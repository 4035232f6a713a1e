import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

describe('code that is run as a text', () => {
  test('leaves what settings hold unknown, and what is defined as it is', () => {
    checkValues(`
flag = False
depth = 2
kind = 'adam'
def f(): return flag
exec(open('settings.py').read())
flag  # reveals: unknown
kind  # reveals: unknown
depth > 1  # reveals: unknown
f()  # reveals: unknown
nn.Linear  # reveals: torch.nn.Linear
depth = 3
depth > 1  # reveals: True
`);
  });

  test('may have been run', () => {
    checkValues(`
flag = False
if other: exec(code)
flag  # reveals: unknown or False
`);
  });

  test('sets nothing that a function sees, unless it is given the names of the module', () => {
    checkValues(`
flag = False
def f():
    mine = True
    exec(code)
    return mine
f()  # reveals: True
flag  # reveals: False
def g():
    exec(code, globals())
    return flag
g()  # reveals: unknown
`);
  });

  test('sets the names of a dict that it is given', () => {
    checkValues(`
flag = False
names = {'flag': False}
exec(code, names)
flag  # reveals: False
names['flag']  # reveals: unknown
`);
  });
});
