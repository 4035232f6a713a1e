import type { Node } from '@vscode/tree-sitter-wasm';

const DECLARES: ReadonlySet<string> = new Set(['global_statement', 'nonlocal_statement']);

/** What has names of its own. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  'function_definition',
  'class_definition',
  'lambda',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

/** The declarations of a function that come behind a use of the name that they declare, or are of a parameter. */
export function lateDeclarations(definition: Node): readonly Node[] {
  if (!/\b(?:global|nonlocal)\b/.test(definition.text)) return [];
  const late: Node[] = [];
  const used = new Set(parameterNames(definition.childForFieldName('parameters')));
  const ahead: Node[] = [];
  const body = definition.childForFieldName('body');
  if (body !== null) ahead.push(body);
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (DECLARES.has(node.type)) {
      if (node.namedChildren.some((one) => one !== null && used.has(one.text))) late.push(node);
    } else if (node.type === 'identifier') used.add(node.text);
    else if (!OWN_NAMES.has(node.type)) ahead.push(...usesIn(node).toReversed());
  }
  return late;
}

/** The parts of a node in which names are names of values. */
function usesIn(node: Node): readonly Node[] {
  const named = NAMED[node.type];
  const name = named === undefined ? null : node.childForFieldName(named);
  return node.namedChildren.filter((one): one is Node => one !== null && one.id !== name?.id);
}

const NAMED: Readonly<Record<string, string>> = { attribute: 'attribute', keyword_argument: 'name' };

function parameterNames(list: Node | null): readonly string[] {
  return (list?.namedChildren ?? []).flatMap((one) => {
    const name = one?.childForFieldName('name') ?? (one?.type === 'identifier' ? one : one?.namedChildren[0]);
    return name?.type === 'identifier' ? [name.text] : [];
  });
}
