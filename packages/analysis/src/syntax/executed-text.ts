import type { Expression, Statement } from './ast.ts';
import { HERE, pathOf, type Write } from './writes.ts';

const ANY = '*';

/**
 * What `exec` sets of the module in a function: what its text declares global, as far as it is spelled out, or what it
 * assigns where it is given the module's names, which may be anything where it is not.
 */
export function executedIn(statement: Statement): readonly Write[] {
  if (statement.kind !== 'expression' || statement.value.kind !== 'call') return [];
  const { callee, args } = statement.value;
  const [code, names] = args.map(({ value }) => value);
  if (callee.kind !== 'name' || callee.name !== 'exec' || code === undefined) return [];
  const path = names === undefined ? [HERE] : pathOf(names);
  if (path[0] !== HERE) return [];
  const text = code.kind === 'text' ? code.value : null;
  const set = names === undefined ? declaredIn(spelledOut(code)) : text === null ? [ANY] : assignedIn(text);
  return [{ path: [HERE], isItem: false, names: set }];
}

/** A text without the parts of an f-string that are computed; empty for what is no text. */
function spelledOut(code: Expression): string {
  if (code.kind !== 'text') return '';
  return code.value ?? (code.parts ?? []).map((part) => (typeof part === 'string' ? part : ' ')).join('');
}

/** The names of `global a, b`. */
function declaredIn(text: string): readonly string[] {
  return [...text.matchAll(/\bglobal[ \t]+([\w \t,]+)/g)].flatMap(
    ([, names = '']) => names.match(/\w+/g) ?? [],
  );
}

/** The names of `a = 1` and `b += 1`. */
function assignedIn(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|[;\n])\s*(\w+)\s*[^\w\s=]{0,2}=(?!=)/g)].flatMap(([, name]) => name ?? []);
}
