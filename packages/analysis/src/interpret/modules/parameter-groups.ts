import type { GroupMember } from '../../network/optimizer.ts';
import type { Frame } from '../machine/interpreter.ts';
import { dict, list, madeAt } from '../values/containers.ts';
import { eachOption, optionsOf } from '../values/either.ts';
import { inLists } from '../values/in-lists.ts';
import { type DictValue, type ListValue, UNKNOWN, type Value } from '../values/value.ts';
import { iterated } from './modules.ts';

/** The work of one group of an optimizer, with all that asks later which parameters it has. */
const GROUP = 2000;

/** The dicts that a list may hold, each once. */
export function dictsIn(groups: Value): readonly DictValue[] {
  return [...new Set(inLists(groups).filter((one): one is DictValue => one.kind === 'dict'))];
}

/** The parameters that a list of them may have; what else it has is not followed. */
export function membersIn(value: Value): {
  readonly members: readonly Omit<GroupMember, 'gradient'>[];
  readonly open: boolean;
} {
  const members: Omit<GroupMember, 'gradient'>[] = [];
  let open = false;
  const visit = (one: Value): void => {
    const options = optionsOf(one);
    const parameters = options.filter((option) => option.kind === 'parameter');
    const perhaps = options.length > 1;
    for (const parameter of parameters) members.push({ parameter, perhaps });
    for (const option of options) {
      if (option.kind === 'list') {
        open ||= option.open;
        for (const item of option.items) visit(item);
      } else if (option.kind !== 'parameter' && option.kind !== 'text') open ||= parameters.length === 0;
    }
  };
  visit(value);
  return { members, open };
}

interface GroupsInMaking {
  readonly defaults: ReadonlyMap<string, Value>;
  /** What it has made of each of the dicts that it may be given: of one that stands in several lists, one. */
  readonly made: Map<Value, Value>;
}

/** The groups that an optimizer makes of dicts, of parameters or of their names with them. */
export function groupsFrom(params: Value, { defaults, made }: GroupsInMaking, frame: Frame): ListValue {
  const over = iterated(params, frame);
  const group = (entries: readonly (readonly [string, Value])[]): DictValue =>
    dict(new Map([...defaults, ...entries]));
  if (over.kind !== 'list') return list([group([['params', over]])]);
  const groups = over.items.filter((item) => optionsOf(item).some(({ kind }) => kind === 'dict'));
  frame.interpreter.budget.spend(GROUP * groups.filter((item) => !made.has(item)).length + groups.length);
  const grouped = new Set(groups);
  const loose = over.items.filter((item) => !grouped.has(item));
  const ownOf = (item: Value) =>
    eachOption(item, (option) => {
      if (option.kind !== 'dict') return option;
      const entries = [...option.entries].map(
        ([key, value]) => [key, key === 'params' ? iterated(value, frame) : value] as const,
      );
      return madeAt(option.span, option.open ? openGroup(group(entries)) : group(entries));
    });
  const own = groups.map((item) => {
    const one = made.get(item) ?? ownOf(item);
    made.set(item, one);
    return one;
  });
  const rest = loose.length === 0 && own.length > 0 ? [] : [group([['params', list(loose, over.open)]])];
  return list([...own, ...rest], over.open && own.length > 0);
}

/** A group that may have more entries: any of those it is known by may be another. */
function openGroup({ entries }: DictValue): DictValue {
  return dict(new Map(entries).set('lr', UNKNOWN), true);
}
