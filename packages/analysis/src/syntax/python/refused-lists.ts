import type { Node } from '@vscode/tree-sitter-wasm';
import type { Argument } from '../ast.ts';
import { refuse, refuseKeyword } from './refused.ts';

/** Notes what a call is given that Python refuses: a name twice, or a place behind a name. */
export function refuseArguments(nodes: readonly Node[], args: readonly Argument[]): void {
  const names = new Set<string>();
  let isUnpacked = false;
  for (const [at, node] of nodes.entries()) {
    const name = args[at]?.name ?? null;
    if (name !== null) {
      if (names.has(name)) refuse(node);
      refuseKeyword(name, node);
      refuseNamedValue(node);
      names.add(name);
    } else if (node.type === 'dictionary_splat') isUnpacked = true;
    else if (isUnpacked || (names.size > 0 && node.type !== 'list_splat')) refuse(node);
    else if (node.type === 'as_pattern') refuse(node);
  }
}

/** `a=b := 1`, which wants brackets. */
function refuseNamedValue(node: Node): void {
  if (node.childForFieldName('value')?.type === 'named_expression') refuse(node);
}

/** Notes parameters that Python refuses: one name twice, one without a default behind one with, one behind `**`. */
export function refuseParameters(nodes: readonly Node[], names: readonly (string | undefined)[]): void {
  const before = new Set<string>();
  const order = new ParameterOrder();
  for (const [at, node] of nodes.entries()) {
    const name = names[at];
    if (!order.takes(kindOf(node)) || (name !== undefined && before.has(name))) refuse(node);
    refuseNamedValue(node);
    if (name === undefined) continue;
    refuseKeyword(name, node);
    before.add(name);
  }
  const last = nodes.at(-1);
  if (last?.type === 'keyword_separator') refuse(last);
}

type Kind = 'plain' | 'defaulted' | '*' | '*args' | '**' | '/' | 'tuple';

function kindOf(node: Node): Kind {
  const { type } = node.type === 'typed_parameter' ? (node.namedChildren[0] ?? node) : node;
  return KINDS[type] ?? 'plain';
}

const KINDS: Readonly<Record<string, Kind>> = {
  default_parameter: 'defaulted',
  typed_default_parameter: 'defaulted',
  keyword_separator: '*',
  list_splat_pattern: '*args',
  dictionary_splat_pattern: '**',
  positional_separator: '/',
  tuple_pattern: 'tuple',
};

/** What may still come in a list of parameters. */
class ParameterOrder {
  private isFirst = true;
  private hasDefault = false;
  private hasStar = false;
  private hasSlash = false;
  private isOver = false;
  private isStarOpen = false;

  /** Whether one of a kind may come next, which then has come. */
  takes(kind: Kind): boolean {
    const isTaken = !this.isOver && this.isAllowed(kind);
    this.isFirst = false;
    this.isStarOpen = kind === '*';
    this.hasDefault ||= kind === 'defaulted';
    this.hasStar ||= kind === '*' || kind === '*args';
    this.hasSlash ||= kind === '/';
    this.isOver ||= kind === '**';
    return isTaken;
  }

  private isAllowed(kind: Kind): boolean {
    switch (kind) {
      case 'plain':
        return this.hasStar || !this.hasDefault;
      case '*':
      case '*args':
        return !this.hasStar;
      case '**':
        return !this.isStarOpen;
      case '/':
        return !this.isFirst && !this.hasSlash && !this.hasStar;
      case 'tuple':
        return false;
      default:
        return true;
    }
  }
}
