/** What a condition asks: `name != 'a'`, `not name.endswith(('.a', '.b'))`, `layer is self.head`. */
interface Asked {
  /** What it is about: `name`. */
  readonly of: string;
  readonly isNot: boolean;
  readonly test: 'is' | 'endswith' | 'startswith';
  /** Each of which it may be, as code. */
  readonly among: readonly string[];
}

/** One more condition on a list that goes by names, as few words as say it: what excludes itself is not said. */
export function withCondition(
  { members, joint, name }: { readonly members: string; readonly joint: string; readonly name: string },
  told: string,
): string {
  const whole = `${members}${joint}${told}`;
  const last = new RegExp(`^(.*(?: if | and ))((?:not )?${name}\\b(?:(?! if | and | or ).)*)$`, 's').exec(
    members,
  );
  const [before, now] = [askedBy(last?.[2] ?? ''), askedBy(told)];
  // Behind an `or` a second `if` takes hold of all.
  if (joint !== ' and ' || before === null || now === null || !before.isNot || before.of !== now.of)
    return whole;
  if (!now.isNot) return areApart(before, now) ? `${last?.[1]}${told}` : whole;
  return before.test === now.test
    ? `${last?.[1]}${textOf({ ...now, among: [...before.among, ...now.among] })}`
    : whole;
}

/** Factors that hold for some each, as one choice: `(a if x is p else b if x is q else 1)`; null where two may hold at once. */
export function joinedChoice(choice: string, factor: string, condition: string): string | null {
  const parts = choice.split(' else ');
  const asked = askedBy(condition);
  if (asked === null || parts.pop() !== '1') return null;
  const before = parts.map((part) => askedBy(/^.+? if (.+)$/s.exec(part)?.[1] ?? ''));
  const [first, ...more] = before;
  if (first && more.length === 0 && isOpposite(first, asked)) return `${parts[0]} else ${factor}`;
  if (asked.isNot) return null;
  const isApart = before.every(
    (one) => one !== null && !one.isNot && one.of === asked.of && areApart(one, asked),
  );
  return isApart && before.length > 0
    ? `${[...parts, `${factor} if ${condition}`].join(' else ')} else 1`
    : null;
}

function askedBy(condition: string): Asked | null {
  const [, of, operator, named] = /^(\w+) (==|!=|is not|is|not in|in) (.+)$/s.exec(condition) ?? [];
  if (of !== undefined && operator !== undefined && named !== undefined)
    return askedOf({ of, isNot: /not|!/.test(operator), test: 'is' }, named);
  const [, no, on, test, ends] = /^(not )?(\w+)\.(endswith|startswith)\((.+)\)$/s.exec(condition) ?? [];
  if (on === undefined || ends === undefined) return null;
  return askedOf(
    { of: on, isNot: no !== undefined, test: test === 'endswith' ? 'endswith' : 'startswith' },
    ends,
  );
}

function askedOf(asked: Omit<Asked, 'among'>, named: string): Asked | null {
  const among = named.replace(/^\((.*)\)$/s, '$1').split(', ');
  return among.every((one) => /^(?:'[^'\\]*'|\w+(?:[.]\w+|\[\d+\])+)$/.test(one))
    ? { ...asked, among }
    : null;
}

/** Whether nothing is what both ask for. */
function areApart(one: Asked, other: Asked): boolean {
  return one.among.every((a) => other.among.every((b) => !meets([one.test, a], [other.test, b])));
}

function isOpposite(one: Asked, other: Asked): boolean {
  const [among, rest] = [one, other].map((asked) => asked.among.toSorted().join());
  return one.of === other.of && one.test === other.test && one.isNot !== other.isNot && among === rest;
}

type Term = readonly [test: Asked['test'], text: string];

function meets([test, a]: Term, [otherTest, b]: Term): boolean {
  if (test === 'is' && otherTest === 'is') return a === b;
  const [inner, outer] = [a.slice(1, -1), b.slice(1, -1)];
  const holds = (by: Asked['test'], whole: string, part: string) =>
    by === 'endswith' ? whole.endsWith(part) : whole.startsWith(part);
  if (test === 'is') return holds(otherTest, inner, outer);
  if (otherTest === 'is') return holds(test, outer, inner);
  return test !== otherTest || holds(test, inner, outer) || holds(test, outer, inner);
}

function textOf({ of, test, among }: Asked): string {
  if (test === 'is') return `${of} not in (${among.join(', ')})`;
  return `not ${of}.${test}((${among.join(', ')}))`;
}
