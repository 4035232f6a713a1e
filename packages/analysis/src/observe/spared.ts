import type { PythonModule, Statement } from '../syntax/ast.ts';
import { ratioFields } from '../syntax/ratio-fields.ts';
import { wordsIn } from '../syntax/words-in.ts';

/**
 * The names of definitions at the top of a module that nothing else in it names and that come to no model: whatever stands in them,
 * the module shows the same.
 *
 * @param reaching the words by which a definition would come to one
 */
export function sparedIn({ body }: PythonModule, reaching: ReadonlySet<string>): ReadonlySet<string> {
  const spared = new Map<string, Statement>();
  const named = new Set<string>();
  const others: Statement[] = [];
  for (const statement of body) {
    if (!mayBeSpared(statement, reaching)) others.push(statement);
    else if (spared.has(statement.name)) {
      named.add(statement.name);
      others.push(statement);
    } else spared.set(statement.name, statement);
  }
  const name = (words: Iterable<string>) => {
    for (const word of words) named.add(word);
  };
  for (const other of others) name(wordsIn(other));
  for (const word of named) {
    const found = spared.get(word);
    // A set is gone through to its end, what is added on the way included.
    if (found !== undefined && spared.delete(word)) name(wordsIn(found));
  }
  return new Set(spared.keys());
}

type Definition = Extract<Statement, { kind: 'function' | 'class' }>;

/** Whether a statement is a definition without a word by which it would come to a model. */
export function mayBeSpared(statement: Statement, reaching: ReadonlySet<string>): statement is Definition {
  if (statement.kind !== 'function' && statement.kind !== 'class') return false;
  for (const word of wordsIn(statement)) if (reaching.has(word)) return false;
  // What a configuration is handed over as, nothing may say.
  return statement.kind === 'function' || ratioFields(statement).size === 0;
}
