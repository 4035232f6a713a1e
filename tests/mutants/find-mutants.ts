import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import * as is from 'typescript/unstable/ast/is';
import { nearestStatement, type Place } from './nearest-statement.ts';

/** One place in a source, and the texts that can stand there instead. */
export interface Site {
  readonly file: string;
  readonly line: number;
  readonly kind:
    | 'operator'
    | 'condition'
    | 'branch'
    | 'return'
    | 'statement'
    | 'number'
    | 'boolean'
    | 'chain';
  readonly start: number;
  readonly end: number;
  readonly instead: readonly string[];
  /** Where to note that the place was reached. */
  readonly reach: Place;
}

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '**': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
};

type Change = Pick<Site, 'kind' | 'instead'> & { readonly at: Node | Place };

const text = (node: Node): string => node.getText();
const isEquality = (node: Node): boolean =>
  is.isBinaryExpression(node) && ['===', '!=='].includes(text(node.operatorToken));

function ofCondition(condition: Node): Change[] {
  // The operator's own mutant is the same change.
  const same =
    isEquality(condition) || (is.isPrefixUnaryExpression(condition) && text(condition).startsWith('!'));
  return same ? [] : [{ kind: 'condition', at: condition, instead: [`!(${text(condition)})`] }];
}

function ofBranches(node: Node): Change[] {
  if (is.isIfStatement(node)) {
    const bodies = node.elseStatement ? [node.thenStatement, node.elseStatement] : [node.thenStatement];
    return [
      ...ofCondition(node.expression),
      ...bodies.map((body): Change => ({ kind: 'branch', at: body, instead: ['{}'] })),
    ];
  }
  if (is.isConditionalExpression(node)) {
    const arms = [node.whenTrue, node.whenFalse].map((arm) => `(${text(arm)})`);
    return [...ofCondition(node.condition), { kind: 'branch', at: node, instead: arms }];
  }
  if (is.isWhileStatement(node) || is.isDoStatement(node)) return ofCondition(node.expression);
  if (is.isForStatement(node) && node.condition) return ofCondition(node.condition);
  return [];
}

function ofReturned(value: Node): Change[] {
  const was = text(value);
  const others = ['undefined', '[]', "''", `!(${was})`, `(${was}) + 1`, 'null'];
  return [{ kind: 'return', at: value, instead: others.filter((other) => other !== was) }];
}

function ofChain(node: Node): Change[] {
  const dot = (node as { questionDotToken?: Node }).questionDotToken;
  if (!dot) return [];
  return [{ kind: 'chain', at: dot, instead: [is.isPropertyAccessExpression(node) ? '!.' : '!'] }];
}

function ofOperator(node: Node): Change[] {
  if (is.isBinaryExpression(node)) {
    const instead = OPERATORS[text(node.operatorToken)];
    return instead ? [{ kind: 'operator', at: node.operatorToken, instead }] : [];
  }
  if (!is.isPrefixUnaryExpression(node) && !is.isPostfixUnaryExpression(node)) return [];
  const operand = text(node.operand);
  const operator = text(node).replace(operand, '');
  if (operator === '++' || operator === '--') {
    return [
      {
        kind: 'operator',
        at: node,
        instead: [text(node).replace(operator, operator === '++' ? '--' : '++')],
      },
    ];
  }
  return [{ kind: 'operator', at: node, instead: [operand] }];
}

function changesAt(node: Node): Change[] {
  if (is.isReturnStatement(node)) return node.expression ? ofReturned(node.expression) : [];
  if (is.isArrowFunction(node)) return is.isBlock(node.body) ? [] : ofReturned(node.body);
  if (is.isExpressionStatement(node) || is.isBreakOrContinueStatement(node) || is.isThrowStatement(node)) {
    return [{ kind: 'statement', at: node, instead: [';'] }];
  }
  if (is.isNumericLiteral(node)) {
    const value = Number(text(node));
    return [{ kind: 'number', at: node, instead: [`${value + 1}`, `(${value - 1})`] }];
  }
  if (node.kind === SyntaxKind.TrueKeyword) return [{ kind: 'boolean', at: node, instead: ['false'] }];
  if (node.kind === SyntaxKind.FalseKeyword) return [{ kind: 'boolean', at: node, instead: ['true'] }];
  return [...ofOperator(node), ...ofBranches(node), ...ofChain(node)];
}

/** What no run evaluates: types, and names that happen to be numbers. */
const isInert = (node: Node): boolean =>
  is.isTypeNode(node) ||
  is.isInterfaceDeclaration(node) ||
  is.isTypeAliasDeclaration(node) ||
  is.isImportDeclaration(node) ||
  is.isExportDeclaration(node);

/** Every operator, condition, branch, return, statement and literal of a source, in its order. */
export function findMutants(source: SourceFile, file: string): Site[] {
  const sites: Site[] = [];
  const starts = source.getLineStarts();
  const visit = (node: Node): void => {
    if (isInert(node)) return;
    for (const { at, kind, instead } of changesAt(node)) {
      const start = 'kind' in at ? at.getStart() : at.start;
      const line = starts.findLastIndex((begin) => begin <= start) + 1;
      sites.push({ file, line, kind, start, end: at.end, instead, reach: nearestStatement(node) });
    }
    node.forEachChild((child) => visit(child));
  };
  visit(source);
  return sites;
}
