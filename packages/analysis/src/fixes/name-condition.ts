/** What is asked of a name, and what it is held to. */
type Term = readonly [test: 'in' | 'endswith' | 'startswith' | 'both', text: string];

/** More names than these are no condition that somebody reads. */
const MOST_NAMES = 12;

/** A parameter by its path, and by that with a `*` for each place in a container that others like it have. */
export interface NamedParameter {
  readonly path: string;
  readonly row: string;
}

/**
 * A condition on a name, as code, that holds for some parameters and for none of the others. Places in containers are left
 * out of it, since there may be more of them than were seen, but for those that no other like it has, where it takes them
 * to tell it from others. Null where none is short.
 */
export function nameCondition(
  parameters: readonly NamedParameter[],
  others: readonly string[],
  name = 'name',
): string | null {
  const each = parameters.map(
    ({ path, row }) => termFor(path, others, name) ?? termOfRow({ path, row }, others, name),
  );
  const terms = new Map(each.map((term) => [String(term), term]));
  if (terms.size > MOST_NAMES) return null;
  const texts = new Map<string, string[]>();
  for (const term of terms.values()) {
    if (term === null) return null;
    const [test, text] = term;
    const key = test === 'both' ? `both ${text}` : test;
    texts.set(key, [...(texts.get(key) ?? []), text]);
  }
  const all = [...texts].map(([test, names]) => termText(test, names, name));
  return all.length === 1 ? (all[0] ?? null) : `(${all.join(' or ')})`;
}

/** What tells one parameter from the others; null where only its place in a container does. */
function termFor(path: string, others: readonly string[], name: string): Term | null {
  if (!/(?:^|\.)\d+\./.test(path)) return ['in', path];
  const prefix = path.replace(/(^|\.)\d+\..*$/, '$1');
  const suffix = path.replace(/^(?:.*\.|)\d+(?=\.)/, '');
  return termOf({ prefix, suffix }, others, name);
}

/** The same by the places that no other like it has; null where it is one of several that none of these tells from the others. */
function termOfRow({ path, row }: NamedParameter, others: readonly string[], name: string): Term | null {
  if (!/[*{]/.test(row)) return ['in', path];
  const segments = row.split('.');
  const isOpen = (segment: string) => segment === '*' || segment.startsWith('{');
  const [first, last] = [segments.findIndex(isOpen), segments.findLastIndex(isOpen)];
  const prefix = segments
    .slice(0, first)
    .map((segment) => `${segment}.`)
    .join('');
  const suffix = segments
    .slice(last + 1)
    .map((segment) => `.${segment}`)
    .join('');
  return termOf({ prefix, suffix }, others, name);
}

/** By what a name begins with, or ends with, or both. */
function termOf(
  { prefix, suffix }: { readonly prefix: string; readonly suffix: string },
  others: readonly string[],
  name: string,
): Term | null {
  const [begins, ends] = [
    others.filter((one) => one.startsWith(prefix)),
    others.filter((one) => one.endsWith(suffix)),
  ];
  if (suffix !== '' && ends.length === 0) return ['endswith', suffix];
  if (prefix === '') return null;
  if (begins.length === 0) return ['startswith', prefix];
  const isTold = !begins.some((one) => ends.includes(one));
  return isTold ? ['both', `(${name}.startswith('${prefix}') and ${name}.endswith('${suffix}'))`] : null;
}

function termText(test: string, names: readonly string[], name: string): string {
  if (test.startsWith('both')) return names[0] ?? '';
  const quoted = names.map((one) => `'${one}'`);
  if (test === 'in')
    return quoted.length === 1 ? `${name} == ${quoted[0]}` : `${name} in (${quoted.join(', ')})`;
  return `${name}.${test}(${quoted.length === 1 ? quoted[0] : `(${quoted.join(', ')})`})`;
}

/** The opposite of a condition. */
export function negated(condition: string): string {
  if (/^\w+ in /.test(condition)) return condition.replace(' in ', ' not in ');
  return /^\w+ == /.test(condition) ? condition.replace('==', '!=') : `not ${condition}`;
}
