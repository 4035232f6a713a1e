import type { ObservedOptimizer } from '../observe/observed-model.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type {
  CallExpression,
  ComprehensionExpression,
  DictExpression,
  Expression,
  FunctionStatement,
} from '../syntax/ast.ts';
import { nodesIn } from '../syntax/nodes-in.ts';
import type { CodeAround } from './code-around.ts';
import { coupledDecay, type GroupNumber } from './group-decay.ts';
import { type NoEdit, noEdit } from './no-edit.ts';
import { argumentOf, functionAround } from './nodes.ts';
import { parametersOf } from './parameters-of.ts';

/** A group of a list of groups, as code: `{'params': [p for name, p in named if p.dim() > 1], 'weight_decay': 0.1}`. */
export interface ListedGroup {
  readonly group: DictExpression;
  readonly members: ComprehensionExpression;
  /** What the comprehension calls a parameter's name. */
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
  const { group, made } = groupOf(call, wanted, code) ?? {};
  if (group === undefined || made === undefined)
    return noEdit(
      'what the optimizer is given is neither all parameters of one model nor a list of groups that stands there',
    );
  const entries = new Map(group.entries.map(({ key, value }) => [textOf(key), value]));
  const members = written(entries.get('params'), made);
  const lr = entries.get('lr') ?? argumentOf(call, 'lr', 1) ?? wanted.optimizer.leftOutRate;
  const name = members?.kind === 'comprehension' ? nameIn(members) : null;
  if (members?.kind !== 'comprehension' || name === null)
    return noEdit('the parameters of the group are listed without their names');
  if (lr === null || entries.has(null)) return noEdit('the rate of the group is not written there');
  const rest = group.entries.filter(({ key }) => textOf(key) !== 'params' && textOf(key) !== 'lr');
  const decay = coupledDecay(wanted, { call, group }, model);
  return { group, members, name, trained: trainedIn(members), lr, decay, rest };
}

/** The one group of a list that has some weights, and the function that it stands in. */
function groupOf(
  call: CallExpression,
  { optimizer, weights }: Wanted,
  code: CodeAround,
): { readonly group: DictExpression; readonly made: FunctionStatement | null } | null {
  const made = functionAround(code.module, optimizer.span.start)?.made ?? null;
  const groups = written(argumentOf(call, 'params', 0), made);
  const place = placeOf(optimizer, weights);
  const group = groups?.kind === 'sequence' && place !== null ? groups.items[place.at] : undefined;
  if (groups?.kind !== 'sequence' || groups.items.length !== place?.of || group?.kind !== 'dict') return null;
  return { group, made };
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

/** An expression, or what its name is given once and for all in a function. */
function written(value: Expression | undefined, made: FunctionStatement | null): Expression | undefined {
  if (value?.kind !== 'name' || made === null) return value;
  const given: (Expression | null)[] = [];
  for (const node of nodesIn(made)) {
    if (node.kind === 'attribute' && isNamed(node.object, value.name)) return undefined;
    if (node.kind === 'augmented' && isNamed(node.target, value.name)) return undefined;
    if (node.kind === 'assign' && node.targets.some((target) => isNamed(target, value.name)))
      given.push(node.value);
  }
  return given.length === 1 ? (given[0] ?? undefined) : undefined;
}

function isNamed(node: Expression, name: string): boolean {
  return node.kind === 'name' && node.name === name;
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
