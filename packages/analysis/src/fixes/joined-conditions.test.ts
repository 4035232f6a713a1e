import { expect, test } from 'vitest';
import { joinedChoice, withCondition } from './joined-conditions.ts';

const ALL = '[p for name, p in net.named_parameters()';
const joined = (before: string, told: string, joint = ' and ') =>
  withCondition({ members: `${ALL} if ${before}`, joint, name: 'name' }, told).slice(`${ALL} if `.length);

test('what excludes itself is not said beside what a name is', () => {
  expect(joined("name != 'mid.weight'", "name == 'head.weight'")).toBe("name == 'head.weight'");
  expect(joined("p.dim() > 1 and not name.startswith('blocks.')", "name == 'head.weight'")).toBe(
    "p.dim() > 1 and name == 'head.weight'",
  );
  expect(joined("not name.endswith('.up.weight')", "name.endswith(('.down.weight', '.out.weight'))")).toBe(
    "name.endswith(('.down.weight', '.out.weight'))",
  );
});

test('what may be both is said as it was', () => {
  for (const [before, told] of [
    ["not name.endswith('.weight')", "name.endswith('.out.weight')"],
    ["not name.startswith('blocks.')", "name == 'blocks.0.weight'"],
    ["not name.startswith('blocks.')", "name.endswith('.out.weight')"],
    ["name != 'a'", "name == 'a'"],
    ['"bias" not in name', "name == 'head.weight'"],
    ["key != 'a'", "name == 'b'"],
  ] as const)
    expect(joined(before, told)).toBe(`${before} and ${told}`);
  const or = "p.dim() > 1 or name != 'a'";
  expect(joined(or, "name == 'b'", ' if ')).toBe(`${or} if name == 'b'`);
});

test('names that are left out twice are left out together', () => {
  expect(joined("name != 'a.weight'", "name not in ('b.weight', 'c.weight')")).toBe(
    "name not in ('a.weight', 'b.weight', 'c.weight')",
  );
  expect(joined("not name.endswith('.a')", "not name.endswith('.b')")).toBe(
    "not name.endswith(('.a', '.b'))",
  );
  expect(joined("not name.endswith('.a')", "name != 'b'")).toBe("not name.endswith('.a') and name != 'b'");
});

test('factors of layers that are others make one choice', () => {
  const choice = '(64 / width) ** 0.5 if m is self.mid else 1';
  expect(joinedChoice(choice, '64 / width', 'm is self.head')).toBe(
    '(64 / width) ** 0.5 if m is self.mid else 64 / width if m is self.head else 1',
  );
  for (const told of [
    'm is self.mid',
    'm in (self.mid, self.head)',
    'm not in (self.a, self.b)',
    'n is self.head',
  ])
    expect(joinedChoice(choice, '64 / width', told)).toBeNull();
  expect(joinedChoice('a if m is not self.mid else 1', 'b', 'm is self.mid')).toBe(
    'a if m is not self.mid else b',
  );
  expect(joinedChoice('a if m is not self.mid else 1', 'b', 'm is self.head')).toBeNull();
  expect(joinedChoice('a if m is self.mid else 2', 'b', 'm is self.head')).toBeNull();
});
