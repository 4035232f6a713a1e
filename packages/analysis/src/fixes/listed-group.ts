import type { ObservedOptimizer } from '../observe/observed-model.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { CallExpression, ComprehensionExpression, DictExpression, Expression } from '../syntax/ast.ts';
import { isNamed } from '../syntax/is-named.ts';
import { inOneLine } from './broken-lines.ts';
import type { CodeAround } from './code-around.ts';
import { coupledDecay, type GroupNumber } from './group-decay.ts';
import { type NoEdit, noEdit } from './no-edit.ts';
import { argumentOf } from './nodes.ts';
import { parametersOf } from './parameters-of.ts';
import { OF_GROUPS, starsMayGive } from './starred-arguments.ts';
import { beginsWith, partsOfModel, pathsIn } from './summed-parameters.ts';
import { writtenOnce } from './written-once.ts';

/** A group of a list of groups, as code: `{'params': [p for name, p in named if p.dim() > 1], 'weight_decay': 0.1}`. */
export interface ListedGroup {
  readonly group: DictExpression;
  /** The list of its parameters but for its last bracket, behind which a condition may stand, as code in one line. */
  readonly members: string;
  /** What goes before such a condition: ` if ` or ` and `. */
  readonly joint: string;
  /** What the list calls a parameter's name. */
  readonly name: string;
  /** `model` of `model.named_parameters()`; null where it goes through something else. */
  readonly trained: string | null;
  readonly lr: GroupNumber;
  /** The weight decay that has to go against the rate; null where it is to stay as it is. */
  readonly decay: GroupNumber | null;
  /** What else the group says. */
  readonly rest: DictExpression['entries'];
}

/** Which weights are looked for in the groups of an optimizer. */
interface Wanted {
  readonly optimizer: ObservedOptimizer;
  readonly weights: readonly Weight[];
}

/** The one group of a list that has some weights, where it is made by their names; why not where the code is another. */
export function listedGroup(
  call: CallExpression,
  { model, ...wanted }: Wanted & { readonly model: Model },
  code: CodeAround,
): ListedGroup | NoEdit {
  if (starsMayGive(call, OF_GROUPS, code))
    return noEdit('the call is given arguments by stars, of which its rate may be one');
  const { group, paths } = groupOf(call, wanted, code) ?? {};
  if (group === undefined || paths === undefined)
    return noEdit(
      'what the optimizer is given is neither all parameters of one model nor a list of groups that stands there',
    );
  const entries = new Map(group.entries.map(({ key, value }) => [textOf(key), value]));
  const { start } = call.span;
  const members = listed(writtenOnce(entries.get('params'), code.module, start), { paths, model }, code);
  const lr = entries.get('lr') ?? argumentOf(call, 'lr', 1) ?? wanted.optimizer.leftOutRate;
  if (members === null) return noEdit('the parameters of the group are listed without their names');
  if (lr === null || entries.has(null)) return noEdit('the rate of the group is not written there');
  const rest = group.entries.filter(({ key }) => textOf(key) !== 'params' && textOf(key) !== 'lr');
  const decay = coupledDecay(wanted, { call, group }, model);
  return { group, ...members, lr, decay, rest };
}

type Listed = Pick<ListedGroup, 'members' | 'joint' | 'name' | 'trained'>;

/** The parameters of a group as a list that goes by their names; null where the code cannot be made one. */
function listed(
  written: Expression | undefined,
  { paths, model }: { readonly paths: ReadonlySet<string>; readonly model: Model },
  { text }: CodeAround,
): Listed | null {
  if (written === undefined) return null;
  if (written.kind === 'comprehension') {
    const name = nameIn(written);
    // A comment would be lost, or would hide what is written behind it.
    const source = inOneLine(text.slice(written.span.start, written.span.end));
    if (name === null || !source?.startsWith('[')) return null;
    const members = source.slice(0, -1).trimEnd();
    return { members, joint: joint(written), name, trained: trainedIn(written) };
  }
  const parts = partsOfModel(written, paths, model);
  if (parts === null) return null;
  const { trained, prefixes } = parts;
  const condition = prefixes.length === 0 ? '' : ` if ${beginsWith('name', prefixes)}`;
  return {
    members: `[p for name, p in ${trained}.named_parameters()${condition}`,
    joint: condition === '' ? ' if ' : ' and ',
    name: 'name',
    trained,
  };
}

const ALONE: ReadonlySet<string> = new Set(['compare', 'call', 'name', 'attribute', 'subscript']);

/** Behind a condition that takes hold of no more than itself, ` and `; a second `if` goes with any. */
function joint({ conditions }: ComprehensionExpression): string {
  const last = conditions.at(-1);
  if (last === undefined) return ' if ';
  const isAnd = last.kind === 'logic' && last.operator === 'and';
  const isNot = last.kind === 'unary' && last.operator === 'not';
  return isAnd || isNot || ALONE.has(last.kind) ? ' and ' : ' if ';
}

/** The one group of a list that has some weights, and the paths of all that it has. */
function groupOf(
  call: CallExpression,
  { optimizer, weights }: Wanted,
  code: CodeAround,
): { readonly group: DictExpression; readonly paths: ReadonlySet<string> } | null {
  const groups = writtenOnce(argumentOf(call, 'params', 0), code.module, optimizer.span.start);
  const place = placeOf(optimizer, weights);
  const group = groups?.kind === 'sequence' && place !== null ? groups.items[place.at] : undefined;
  if (groups?.kind !== 'sequence' || groups.items.length !== place?.of || group?.kind !== 'dict') return null;
  const { at } = place;
  return { group, paths: pathsIn(optimizer.steps.flatMap((step) => step.groups[at] ?? [])) };
}

function textOf(key: Expression | null): string | null {
  return key?.kind === 'text' ? key.value : null;
}

/** Which of how many groups has the weights, in every step alike. */
function placeOf(
  { steps }: ObservedOptimizer,
  weights: readonly Weight[],
): { readonly at: number; readonly of: number } | null {
  const places = new Set(
    steps.flatMap(({ groups }) =>
      weights.map(({ path, aliases }) => {
        const names = [path, ...aliases.map((alias) => alias.path)];
        const having = groups.flatMap(({ members }, at) =>
          members.some((member) => names.includes(member.path)) ? [at] : [],
        );
        return having.length === 1 ? `${having[0]} ${groups.length}` : '';
      }),
    ),
  );
  const [place = ''] = places;
  const [at, of] = place.split(' ').map(Number);
  return places.size === 1 && at !== undefined && of !== undefined ? { at, of } : null;
}

/** `model` of `[p for name, p in model.named_parameters()]`. */
function trainedIn({ clauses: [clause] }: ComprehensionExpression): string | null {
  const { iterable } = clause ?? {};
  if (iterable?.kind !== 'call' || iterable.args.length > 0) return null;
  return parametersOf(iterable.callee, 'named_parameters');
}

/** `name` of `[p for name, p in model.named_parameters()]`, and of `[parameters[name] for name in names]`. */
function nameIn({ key, body, clauses }: ComprehensionExpression): string | null {
  const [clause, ...others] = clauses;
  const target = clause?.target;
  if (key !== null || others.length > 0 || target === undefined) return null;
  if (target.kind === 'name') {
    const isLookedUp = body.kind === 'subscript' && body.index !== null && isNamed(body.index, target.name);
    return isLookedUp ? target.name : null;
  }
  if (target.kind !== 'sequence' || target.items.length !== 2) return null;
  const [name, parameter] = target.items;
  if (name?.kind !== 'name' || parameter?.kind !== 'name' || !isNamed(body, parameter.name)) return null;
  return name.name;
}
