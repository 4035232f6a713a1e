import type { ObservedGroup } from '../observe/observed-model.ts';
import type { Model } from '../outline/model.ts';
import type { Expression } from '../syntax/ast.ts';
import { chainText } from './nodes.ts';
import { parametersOf } from './parameters-of.ts';

/** Parameters of parts of one model, put together: `list(model.body.parameters()) + list(model.head.parameters())`. */
export interface SummedParameters {
  /** `model`. */
  readonly trained: string;
  /** What the names of those parameters begin with; none where these are all of the model. */
  readonly prefixes: readonly string[];
}

/**
 * The model of which an expression has some parts, or all; null where that is none. What it has there is held to the paths of
 * all that it should have.
 */
export function partsOfModel(
  written: Expression,
  paths: ReadonlySet<string>,
  { weights }: Pick<Model, 'weights'>,
): SummedParameters | null {
  const parts = partsIn(written)?.map((part) => part.split('.'));
  const [first] = parts ?? [];
  if (parts === undefined || first === undefined) return null;
  const namesOf = (weight: Model['weights'][number]) => [
    weight.path,
    ...weight.aliases.map(({ path }) => path),
  ];
  for (let length = first.length; length > 0; length--) {
    const root = first.slice(0, length);
    if (!parts.every((part) => root.every((word, at) => part[at] === word))) continue;
    const prefixes = [
      ...new Set(
        parts.map((part) =>
          part
            .slice(length)
            .map((word) => `${word}.`)
            .join(''),
        ),
      ),
    ];
    const isIn = (path: string) => prefixes.some((prefix) => path.startsWith(prefix));
    const own = weights.filter((one) => namesOf(one).some(isIn));
    const isSame =
      own.length > 0 &&
      own.every((one) => namesOf(one).some((path) => paths.has(path))) &&
      [...paths].every(isIn);
    if (isSame) return { trained: root.join('.'), prefixes: own.length === weights.length ? [] : prefixes };
  }
  return null;
}

/** The paths of what groups surely have. */
export function pathsIn(groups: readonly ObservedGroup[]): ReadonlySet<string> {
  const members = groups.flatMap((group) => group.members);
  return new Set(members.flatMap(({ path, perhaps }) => (perhaps ? [] : [path])));
}

/** That a name begins with one of some texts, as code. */
export function beginsWith(name: string, prefixes: readonly string[]): string {
  const quoted = prefixes.map((one) => `'${one}'`).join(', ');
  return `${name}.startswith(${prefixes.length === 1 ? quoted : `(${quoted})`})`;
}

/** The parts whose parameters an expression puts together, and nothing else: a sum of lists, a chain, a list with stars. */
function partsIn(written: Expression): readonly string[] | undefined {
  switch (written.kind) {
    case 'binary':
      return written.operator === '+' ? allIn([written.left, written.right]) : undefined;
    case 'sequence':
      return allIn(written.items.map((item) => (item.kind === 'starred' ? item.value : null)));
    case 'call': {
      const part = written.args.length === 0 ? parametersOf(written.callee, 'parameters') : null;
      if (part !== null) return [part];
      const joins = JOINING.has(chainText(written.callee) ?? '');
      const given = written.args.map(({ name, spread, value }) => (name === null && !spread ? value : null));
      return joins && given.length > 0 ? allIn(given) : undefined;
    }
    default:
      return undefined;
  }
}

const JOINING: ReadonlySet<string> = new Set(['list', 'tuple', 'chain', 'itertools.chain']);

function allIn(parts: readonly (Expression | null)[]): readonly string[] | undefined {
  const each = parts.map((part) => (part === null ? undefined : partsIn(part)));
  return each.includes(undefined) ? undefined : each.flatMap((one) => one ?? []);
}
