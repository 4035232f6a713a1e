import { parse } from 'smol-toml';
import { beforeEach, expect, test, vi } from 'vitest';
import { ToolTables } from './tool-tables.ts';

vi.mock('smol-toml', { spy: true });
beforeEach(() => void vi.mocked(parse).mockClear());

test('a text is parsed once, however often it is asked for', () => {
  const tables = new ToolTables();
  const texts = ['[tool.widthwise]\nprofile = "mup"', '[tool.widthwise]\nprofile = "auto"', 'x = '];
  const ask = () => texts.map((text) => tables.of(text));
  const first = ask();
  expect(first).toMatchObject([
    { table: { profile: 'mup' } },
    { table: { profile: 'auto' } },
    { why: 'is not valid TOML (line 1, column 5)', line: 1 },
  ]);
  expect([ask(), ask()]).toEqual([first, first]);
  expect(parse).toHaveBeenCalledTimes(3);
});

test('a long text is not parsed: it has no table where it does not speak of Widthwise, else that is said', () => {
  const tables = new ToolTables();
  const long = 'x = 1 # of others\n'.repeat(6000);
  expect(tables.of(long)).toEqual({ table: undefined });
  expect(tables.of(`[tool.widthwise]\n${long}`)).toEqual({
    why: 'is longer than 100 kB, the most of TOML that is read; widthwise.json may hold the settings',
    line: 1,
  });
  expect(parse).not.toHaveBeenCalled();
});
