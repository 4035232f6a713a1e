import { type Node, SyntaxKind } from 'typescript/unstable/ast';
import * as is from 'typescript/unstable/ast/is';

/** A stretch of the source that is entered before the place inside it is evaluated. */
export interface Place {
  readonly start: number;
  readonly end: number;
  /** A `list` takes a statement before it, a `lone` statement a block around it, a `value` a comma. */
  readonly form: 'list' | 'lone' | 'value';
}

const place = (node: Node, form: Place['form']): Place => ({ start: node.getStart(), end: node.end, form });

const isList = (node: Node): boolean =>
  is.isBlock(node) ||
  is.isSourceFile(node) ||
  is.isCaseClause(node) ||
  is.isDefaultClause(node) ||
  is.isModuleBlock(node);

const isStatement = (node: Node): boolean =>
  (node.kind >= SyntaxKind.FirstStatement && node.kind <= SyntaxKind.LastStatement) ||
  is.isBlock(node) ||
  is.isFunctionDeclaration(node) ||
  is.isClassDeclaration(node);

/** The body of a function as a place: its first statement, or its value. */
function bodyOf(node: Node): Place | undefined {
  const body = (node as { body?: Node }).body;
  if (!body) return undefined;
  if (!is.isBlock(body)) return place(body, 'value');
  return { start: body.getStart() + 1, end: body.end, form: 'list' };
}

/** The place that a node makes of itself in its parent, if entering it means to evaluate it. */
function placeIn(node: Node, parent: Node): Place | undefined {
  if (is.isArrowFunction(parent) && node === parent.body && !is.isBlock(node)) return place(node, 'value');
  if (is.isPropertyDeclaration(parent) && node === parent.initializer) return place(node, 'value');
  if (is.isLabeledStatement(parent) || !isStatement(node)) return undefined;
  if (isList(parent)) return place(node, 'list');
  return is.isBlock(node) ? undefined : place(node, 'lone');
}

/** The statement, arrow body or property value around a node: whoever evaluates the node has entered it. */
export function nearestStatement(node: Node): Place {
  for (let at = node; at.parent; at = at.parent) {
    // A parameter's default is evaluated by the call, not where the function stands.
    const called = is.isParameterDeclaration(at.parent) ? bodyOf(at.parent.parent) : undefined;
    const found = called ?? placeIn(at, at.parent);
    if (found) return found;
  }
  throw new Error(`no statement around ${node.getText()}`);
}
