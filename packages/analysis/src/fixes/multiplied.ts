import type { TextEdit } from '../finding.ts';
import type { Expression } from '../syntax/ast.ts';

/** What binds at least as tightly as a product, so that a factor may stand right behind it. */
const TIGHT: ReadonlySet<Expression['kind']> = new Set([
  'name',
  'number',
  'attribute',
  'call',
  'subscript',
  'unary',
]);

const PRODUCTS: ReadonlySet<string> = new Set(['*', '/', '**']);

/** Writes a factor behind an expression, in brackets where it would otherwise take hold of a part of it alone. */
export function multiplied(expression: Expression, factor: string): readonly TextEdit[] {
  const { start, end } = expression.span;
  const behind = { start: end, end };
  if (isTight(expression)) return [{ span: behind, text: ` * ${factor}` }];
  return [
    { span: { start, end: start }, text: '(' },
    { span: behind, text: `) * ${factor}` },
  ];
}

function isTight(expression: Expression): boolean {
  if (expression.kind === 'unary') return expression.operator !== 'not';
  return TIGHT.has(expression.kind) || (expression.kind === 'binary' && PRODUCTS.has(expression.operator));
}
