import { describe, expect, test } from 'vitest';
import { Variables } from './variables.ts';

describe('names of a fork', () => {
  test('are the same until either is written to, and then not the other', () => {
    const names = new Variables([
      ['width', 64],
      ['depth', 2],
    ]);
    const fork = names.fork();
    expect(fork.isSameAs(names)).toBe(true);
    fork.set('width', 128);
    names.delete('depth');
    expect(fork.isSameAs(names)).toBe(false);
    expect([...names]).toEqual([['width', 64]]);
    expect([...fork]).toEqual([
      ['width', 128],
      ['depth', 2],
    ]);
  });

  test('may be gone through while they are written to', () => {
    const names = new Variables([
      ['width', 64],
      ['depth', 2],
    ]);
    const fork = names.fork();
    for (const [name, value] of fork) fork.set(name, 2 * value);
    expect([...fork.values()]).toEqual([128, 4]);
    expect([...names.values()]).toEqual([64, 2]);
  });

  test('are taken over where they are others, and stay where they are gone there', () => {
    const names = new Variables([
      ['width', 64],
      ['depth', 2],
    ]);
    const fork = names.fork();
    names.take(fork);
    expect(names.isSameAs(fork)).toBe(true);
    fork.set('heads', 4);
    fork.delete('depth');
    names.take(fork);
    expect([...names]).toEqual([
      ['width', 64],
      ['depth', 2],
      ['heads', 4],
    ]);
  });

  test('are copied, which is told, where one of the two is first written to', () => {
    const copied: number[] = [];
    const first = new Variables([
      ['a', 1],
      ['b', 2],
    ]);
    const second = first.fork((count) => copied.push(count));
    expect(copied).toEqual([]);
    expect(first.isSameAs(second)).toBe(true);
    second.set('a', 3);
    second.set('c', 4);
    expect(copied).toEqual([2]);
    first.set('b', 5);
    expect(copied).toEqual([2, 2]);
    expect([...first]).toEqual([
      ['a', 1],
      ['b', 5],
    ]);
    expect([...second]).toEqual([
      ['a', 3],
      ['b', 2],
      ['c', 4],
    ]);
  });
});
