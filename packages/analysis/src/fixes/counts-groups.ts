import type { Expression, LoopStatement, PythonModule } from '../syntax/ast.ts';
import { type Node, nodesFrom } from '../syntax/nodes-in.ts';
import { argumentOf, chainText, nodesWith } from './nodes.ts';

const GROUPS = 'param_groups';

/**
 * Whether code does with the groups of an optimizer what it would not do alike with one more of them: anything but going
 * through them, each like the others, and reading what one of them has.
 */
export function countsGroups(module: PythonModule): boolean {
  const nodes = nodesWith(GROUPS, module);
  const targets = new Set(nodes.flatMap(targetsOf));
  const alike = new Set(nodes.flatMap((node) => (targets.has(node) ? [] : alikeIn(node))));
  return nodes.some((node) => isGroups(node) && !alike.has(node)) || hasSchedulePerGroup(module);
}

/** The same of a text that is not parsed: whether it names groups but to go through them or to read what one has. */
export function mayCountGroups(text: string): boolean {
  const named = text.match(/\bparam_groups\b/g) ?? [];
  const alike = text.match(ALIKE) ?? [];
  return named.length > alike.length || PER_GROUP_TEXT.test(text);
}

const ALIKE =
  /\bin\s+[\w.]+\.param_groups\b(?=\s*(?:[:\])]|if\b))|\.param_groups\s*\[[^\]]*\]\s*\[\s*(['"])(?!params\b)\w+\1\s*\](?!\s*[-+*/]?=(?!=))/g;

/** The groups that a node goes through or reads one of. */
function alikeIn(node: Node): readonly Node[] {
  if (node.kind === 'loop') return node.iterable === null ? [] : throughAll(node, node.iterable);
  if (node.kind === 'comprehension') return node.clauses.map(({ iterable }) => iterable);
  if (node.kind !== 'subscript' || node.object.kind !== 'subscript') return [];
  const { index } = node;
  return index?.kind === 'text' && index.value !== 'params' ? [node.object.object] : [];
}

/** What a loop goes through, where it does not look at how many it has met. */
function throughAll({ target, body }: LoopStatement, iterable: Expression): readonly Node[] {
  if (iterable.kind !== 'call') return [iterable];
  const [groups] = iterable.args;
  const index = target?.kind === 'sequence' ? target.items[0] : undefined;
  if (chainText(iterable.callee) !== 'enumerate' || index?.kind !== 'name' || groups === undefined) return [];
  const isLookedAt = body.flatMap(nodesFrom).some((node) => node.kind === 'name' && node.name === index.name);
  return isLookedAt ? [] : [groups.value];
}

function isGroups(node: Node): boolean {
  return node.kind === 'attribute' && node.attribute === GROUPS;
}

function targetsOf(node: Node): readonly Node[] {
  if (node.kind === 'assign') return node.targets;
  return node.kind === 'augmented' ? [node.target] : [];
}

/** What PyTorch's schedules take one of for each group, by name and place. */
const PER_GROUP: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  LambdaLR: [['lr_lambda', 1]],
  MultiplicativeLR: [['lr_lambda', 1]],
  OneCycleLR: [['max_lr', 1]],
  CyclicLR: [
    ['base_lr', 1],
    ['max_lr', 2],
  ],
  ReduceLROnPlateau: [['min_lr', -1]],
};

const PER_GROUP_TEXT = new RegExp(`\\b(?:${Object.keys(PER_GROUP).join('|')})\\([^()]*\\[`);

/** Whether a schedule is given a list, of one number or function for each group. */
function hasSchedulePerGroup(module: PythonModule): boolean {
  return Object.entries(PER_GROUP).some(([name, listed]) =>
    nodesWith(name, module).some(
      (node) =>
        node.kind === 'call' &&
        chainText(node.callee)?.split('.').at(-1) === name &&
        listed.some(([argument, at]) => isList(argumentOf(node, argument, at), module)),
    ),
  );
}

function isList(value: Expression | undefined, module: PythonModule): boolean {
  if (value?.kind !== 'name') return value?.kind === 'sequence' || value?.kind === 'comprehension';
  return nodesWith(value.name, module).some(
    (node) =>
      node.kind === 'assign' &&
      (node.value?.kind === 'sequence' || node.value?.kind === 'comprehension') &&
      node.targets.some((target) => target.kind === 'name' && target.name === value.name),
  );
}
