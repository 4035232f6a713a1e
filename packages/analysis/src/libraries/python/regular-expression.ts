/** A regular expression as the ends that it has from each start, so that no pattern takes more than (its length) · n². */
type Ends = (text: string, starts: ReadonlySet<number>) => ReadonlySet<number>;

export type Anchoring = 'search' | 'match' | 'fullmatch';

/** Longer patterns and texts name no parameter. */
const LONGEST = 500;
const MOST_REPEATS = 64;

/** Whether a pattern of Python's `re` matches a text; null for one that has parts which are not read. */
export function matches(pattern: string, text: string, anchoring: Anchoring): boolean | null {
  if (pattern.length > LONGEST || text.length > LONGEST) return null;
  const reader = { pattern, at: 0 };
  const ends = alternatives(reader);
  if (ends === null || reader.at < pattern.length) return null;
  const anywhere = Array.from({ length: text.length + 1 }, (_, at) => at);
  const found = ends(text, new Set(anchoring === 'search' ? anywhere : [0]));
  return anchoring === 'fullmatch' ? found.has(text.length) : found.size > 0;
}

interface Reader {
  readonly pattern: string;
  at: number;
}

function alternatives(reader: Reader): Ends | null {
  const all: Ends[] = [];
  do {
    const one = sequence(reader);
    if (one === null) return null;
    all.push(one);
  } while (took(reader, '|'));
  return (text, starts) => new Set(all.flatMap((one) => [...one(text, starts)]));
}

function sequence(reader: Reader): Ends | null {
  const all: Ends[] = [];
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern[reader.at] ?? '')) {
    const one = repeated(reader);
    if (one === null) return null;
    all.push(one);
  }
  return (text, starts) => all.reduce((ends, one) => one(text, ends), starts);
}

/** One part with what says how often it comes. */
function repeated(reader: Reader): Ends | null {
  const isPlace = /^(?:[$^]|\\b)/.test(reader.pattern.slice(reader.at));
  const part = atom(reader);
  if (part === null) return null;
  const bounds = boundsOf(reader);
  if (bounds === undefined) return part;
  if (bounds === null || isPlace) return null;
  took(reader, '?');
  const [least, most] = bounds;
  return (text, starts) => {
    let now = starts;
    for (let count = 0; count < least; count++) now = part(text, now);
    const all = new Set(now);
    for (let count = least; count < most && now.size > 0; count++) {
      now = new Set([...part(text, now)].filter((end) => !all.has(end)));
      for (const end of now) all.add(end);
    }
    return all;
  };
}

/** Undefined where the part comes once, null where the bounds are not read. */
function boundsOf(reader: Reader): readonly [least: number, most: number] | null | undefined {
  if (took(reader, '*')) return [0, Number.POSITIVE_INFINITY];
  if (took(reader, '+')) return [1, Number.POSITIVE_INFINITY];
  if (took(reader, '?')) return [0, 1];
  const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(reader.pattern.slice(reader.at));
  if (counted === null) return undefined;
  reader.at += counted[0].length;
  const least = Number(counted[1]);
  const most =
    counted[2] === undefined ? least : counted[3] === '' ? Number.POSITIVE_INFINITY : Number(counted[3]);
  const isRead = least <= MOST_REPEATS && (most <= MOST_REPEATS || most === Number.POSITIVE_INFINITY);
  return isRead ? [least, most] : null;
}

function atom(reader: Reader): Ends | null {
  const { pattern } = reader;
  const sign = pattern[reader.at++] ?? '';
  switch (sign) {
    case '(':
      return group(reader);
    case '[':
      return characterSet(reader);
    case '.':
      return character((one) => one !== '\n');
    case '^':
      return where((_, at) => at === 0);
    case '$':
      return where((text, at) => at === text.length);
    case '\\':
      return escaped(pattern[reader.at++] ?? '');
    default:
      return '*+?{'.includes(sign) ? null : character((one) => one === sign);
  }
}

function group(reader: Reader): Ends | null {
  if (reader.pattern.startsWith('?:', reader.at)) reader.at += 2;
  else if (reader.pattern[reader.at] === '?') return null;
  const inner = alternatives(reader);
  return took(reader, ')') ? inner : null;
}

type Test = (one: string) => boolean;

const CLASSES: Readonly<Record<string, Test>> = {
  d: (one) => /\d/.test(one),
  D: (one) => /\D/.test(one),
  w: (one) => /\w/.test(one),
  W: (one) => /\W/.test(one),
  s: (one) => /\s/.test(one),
  S: (one) => /\S/.test(one),
};

function escaped(sign: string): Ends | null {
  const known = Object.hasOwn(CLASSES, sign) ? CLASSES[sign] : undefined;
  if (known !== undefined) return character(known);
  if (sign === 'b') return where((text, at) => isWord(text[at - 1]) !== isWord(text[at]));
  return sign === '' || /\w/.test(sign) ? null : character((one) => one === sign);
}

function isWord(one: string | undefined): boolean {
  return one !== undefined && /\w/.test(one);
}

/** `[a-z_]`, `[^.]`. */
function characterSet(reader: Reader): Ends | null {
  const { pattern } = reader;
  const isOpposite = took(reader, '^');
  const tests: Test[] = [];
  while (tests.length === 0 || pattern[reader.at] !== ']') {
    const low = setMember(reader);
    if (low === null) return null;
    if (typeof low !== 'string') tests.push(low);
    else if (pattern[reader.at] === '-' && pattern[reader.at + 1] !== ']') {
      reader.at++;
      const high = setMember(reader);
      if (typeof high !== 'string' || high < low) return null;
      tests.push((one) => low <= one && one <= high);
    } else tests.push((one) => one === low);
  }
  reader.at++;
  return character((one) => tests.some((test) => test(one)) !== isOpposite);
}

function setMember(reader: Reader): string | Test | null {
  const sign = reader.pattern[reader.at++];
  if (sign === undefined) return null;
  if (sign !== '\\') return sign;
  const name = reader.pattern[reader.at++] ?? '';
  if (Object.hasOwn(CLASSES, name)) return CLASSES[name] ?? null;
  return name === '' || /\w/.test(name) ? null : name;
}

function character(test: Test): Ends {
  return (text, starts) =>
    new Set([...starts].filter((at) => at < text.length && test(text[at] ?? '')).map((at) => at + 1));
}

function where(holds: (text: string, at: number) => boolean): Ends {
  return (text, starts) => new Set([...starts].filter((at) => holds(text, at)));
}

function took(reader: Reader, sign: string): boolean {
  if (reader.pattern[reader.at] !== sign) return false;
  reader.at++;
  return true;
}
