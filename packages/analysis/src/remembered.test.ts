import { expect, test } from 'vitest';
import { remembered } from './remembered.ts';

test('works out once what is asked of a text again, undefined too', () => {
  const asked: string[] = [];
  const lengthOf = remembered((text) => {
    asked.push(text);
    return text === 'none' ? undefined : text.length;
  });
  expect([lengthOf('ab'), lengthOf('ab'), lengthOf('none'), lengthOf('none')]).toEqual([
    2,
    2,
    undefined,
    undefined,
  ]);
  expect(asked).toEqual(['ab', 'none']);
});

test('forgets what it knows before it holds too many texts, and never holds a long one', () => {
  let asked = 0;
  const same = remembered((text) => {
    asked++;
    return text;
  });
  for (let at = 0; at < 4097; at++) same(`${at}`);
  same('0');
  expect(asked).toBe(4098);
  const long = 'x'.repeat(101);
  same(long);
  same(long);
  expect(asked).toBe(4100);
});
