import type { Statement } from './ast.ts';

/**
 * Statements with those that stand in their blocks, in the order of the text. A loop: code nests deeper than the stack.
 *
 * @param blocksOf the blocks of a statement that are gone into
 */
export function statementsIn(
  body: readonly Statement[],
  blocksOf: (statement: Statement) => readonly (readonly Statement[])[],
): readonly Statement[] {
  const found: Statement[] = [];
  const ahead = [...body].reverse();
  for (let statement = ahead.pop(); statement !== undefined; statement = ahead.pop()) {
    found.push(statement);
    for (const block of [...blocksOf(statement)].reverse()) {
      for (let at = block.length - 1; at >= 0; at--) ahead.push(block[at] as Statement);
    }
  }
  return found;
}

/** The blocks in which a file imports and defines what belongs to no function: under conditions, and where it tries. */
export function topLevelBlocks(statement: Statement): readonly (readonly Statement[])[] {
  if (statement.kind === 'if') return [statement.body, statement.otherwise];
  return statement.kind === 'try' ? [statement.body, ...statement.handlers] : [];
}

/** The blocks of a statement, with those of functions and classes. */
export function everyBlock(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
    case 'loop':
      return [statement.body, statement.otherwise];
    case 'try':
      return [statement.body, ...statement.handlers, statement.otherwise, statement.after];
    case 'block':
    case 'function':
    case 'class':
      return [statement.body];
    default:
      return [];
  }
}

/** The blocks of a statement, without those of functions and classes, which run by themselves. */
export function blocksBesideDefinitions(statement: Statement): readonly (readonly Statement[])[] {
  return statement.kind === 'function' || statement.kind === 'class' ? [] : everyBlock(statement);
}
