import type { TextEdit } from '../finding.ts';
import type { ObservedGroup, ObservedOptimizer } from '../observe/observed-model.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { CallExpression, DictExpression, Expression } from '../syntax/ast.ts';
import { isNamed } from '../syntax/is-named.ts';
import type { Node } from '../syntax/nodes-in.ts';
import type { CodeAround } from './code-around.ts';
import { coupledDecay, type GroupNumber } from './group-decay.ts';
import { type GroupEntry, lineStyle } from './group-text.ts';
import { multiplied } from './multiplied.ts';
import { argumentOf, entryOf, nodesInScope } from './nodes.ts';
import { OF_GROUPS, starsMayGive } from './starred-arguments.ts';

/** One group of an optimizer that has some weights and no others, as a dict that stands in the code. */
export interface WholeGroup {
  readonly group: DictExpression | CallExpression;
  readonly lr: GroupNumber;
  readonly decay: GroupNumber | null;
}

/** The group that has some weights and nothing else; null where there is none, or its rate is not written there. */
export function wholeGroup(
  call: CallExpression,
  {
    model,
    ...wanted
  }: { readonly optimizer: ObservedOptimizer; readonly weights: readonly Weight[]; readonly model: Model },
  code: CodeAround,
): WholeGroup | null {
  const { optimizer, weights } = wanted;
  if (starsMayGive(call, OF_GROUPS, code)) return null;
  const own = new Set(weights.flatMap(({ path, aliases }) => [path, ...aliases.map((alias) => alias.path)]));
  // Where the code goes several ways their groups stand behind each other: the first list is the one that is written.
  const places = optimizer.steps.map(({ groups }) =>
    groups.findIndex(({ members }) => members.some(({ path }) => own.has(path))),
  );
  const [at = -1, ...others] = new Set(places);
  const having = optimizer.steps.flatMap(({ groups }) =>
    groups.filter(({ members }) => members.some(({ path }) => own.has(path))),
  );
  if (others.length > 0 || !having.every((one) => hasJust(one, own))) return null;
  const group = groupsOf(call, code)?.[at];
  if (group?.kind !== 'dict' && !(group?.kind === 'call' && isNamed(group.callee, 'dict'))) return null;
  if (entriesOf(group).some(({ name }) => name === null)) return null;
  const lr = entryOf(group, 'lr') ?? argumentOf(call, 'lr', 1) ?? optimizer.leftOutRate;
  return lr === null ? null : { group, lr, decay: coupledDecay(wanted, { call, group }, model) };
}

function hasJust({ members }: ObservedGroup, own: ReadonlySet<string>): boolean {
  const paths = new Set(members.map(({ path }) => path));
  return paths.size > 0 && [...paths].every((path) => own.has(path));
}

/** Gives a group other numbers: in the place of those that it has, or behind them. */
export function withNumbers(
  { group }: WholeGroup,
  changed: readonly (GroupEntry & { readonly factor: string })[],
  code: Pick<CodeAround, 'text' | 'module'>,
): readonly TextEdit[] {
  const behind = newEntryIn(group, code);
  // What is new stands behind the factor of the number that is last.
  const has = ({ name }: GroupEntry) => entryOf(group, name) !== undefined;
  const edits = [...changed.filter(has), ...changed.filter((one) => !has(one))].flatMap(
    ({ name, key, value, factor }) => {
      const written = entryOf(group, name);
      if (written !== undefined) return multiplied(written, factor);
      const last = entriesOf(group).at(-1)?.value.span.end;
      if (last === undefined) return [];
      return [{ span: { start: last, end: last }, text: behind({ name, key, value }) }];
    },
  );
  return apart(edits);
}

/** Edits in order, those of one place as one. */
function apart(edits: readonly TextEdit[]): readonly TextEdit[] {
  const texts = new Map<number, TextEdit>();
  for (const { span, text } of edits) {
    const before = texts.get(span.start)?.text ?? '';
    texts.set(span.start, { span, text: `${before}${text}` });
  }
  return [...texts.values()].sort((left, right) => left.span.start - right.span.start);
}

/** An entry as code behind the last: with the quotes of its key, and on a line of its own where that is. */
function newEntryIn(
  group: WholeGroup['group'],
  { text, module }: Pick<CodeAround, 'text' | 'module'>,
): (entry: GroupEntry) => string {
  if (group.kind === 'call') return ({ name, value }) => `, ${name}=${value}`;
  const start = group.entries.at(-1)?.key?.span.start ?? group.span.start;
  const { indent, lineEnd } = lineStyle({ text, module }, start);
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const between = before.trim() === '' ? `,${lineEnd}${indent}` : ', ';
  const quote = text.charAt(start) === '"' ? '"' : "'";
  return ({ name, value }) => `${between}${quote}${name}${quote}: ${value}`;
}

/** What stands first in a list of groups, up to the first that is not written as one; code may append others. */
function groupsOf(call: CallExpression, { module }: CodeAround): readonly Expression[] | null {
  const given = argumentOf(call, 'params', 0);
  const list = given?.kind === 'name' ? listed(given.name, call, module) : given;
  if (list?.kind !== 'sequence') return null;
  const stars = list.items.findIndex(({ kind }) => kind === 'starred');
  return stars < 0 ? list.items : list.items.slice(0, stars);
}

/** What a name is given once in its function, where nothing else is done with it than to append and to hand it over. */
function listed(name: string, call: CallExpression, module: CodeAround['module']): Expression | null {
  const nodes = nodesInScope(name, module, call.span.start);
  const given = nodes.flatMap((node) =>
    node.kind === 'assign' && node.targets.some((target) => isNamed(target, name)) ? [node] : [],
  );
  const followed = new Set<Node>([
    ...given.flatMap(({ targets }) => targets),
    ...call.args.map(({ value }) => value),
    ...nodes.flatMap((node) =>
      node.kind === 'attribute' && /^(?:append|extend)$/.test(node.attribute) ? [node.object] : [],
    ),
  ]);
  if (given.length !== 1 || nodes.some((node) => isNamed(node, name) && !followed.has(node))) return null;
  return given[0]?.value ?? null;
}

interface Entry {
  /** Null for stars, and for a key that is no text. */
  readonly name: string | null;
  readonly value: Expression;
}

function entriesOf(group: DictExpression | CallExpression): readonly Entry[] {
  if (group.kind === 'call') return group.args;
  return group.entries.map(({ key, value }) => ({ name: key?.kind === 'text' ? key.value : null, value }));
}
