import { type CallSite, everyArgument } from '../../interpret/interpreter.ts';
import type { ObjectValue, Value } from '../../interpret/value.ts';
import type { ClassStatement } from '../../syntax/ast.ts';

/** The packages whose classes are nothing but what they are given. */
export const NAMESPACE_ROOTS: readonly string[] = [
  'types',
  'argparse',
  'easydict',
  'munch',
  'box',
  'addict',
  'omegaconf',
  'ml_collections',
];

/** The classes and functions that make an object of what they are given by name, or in a dict. */
const NAMESPACES: ReadonlySet<string> = new Set([
  'types.SimpleNamespace',
  'argparse.Namespace',
  'easydict.EasyDict',
  'munch.Munch',
  'munch.munchify',
  'munch.DefaultMunch.fromDict',
  'munch.Munch.fromDict',
  'box.Box',
  'addict.Dict',
  'omegaconf.OmegaConf.create',
  'omegaconf.DictConfig',
  'ml_collections.ConfigDict',
  'ml_collections.config_dict.ConfigDict',
]);

const NOWHERE = { start: 0, end: 0 };

/** Their class, of which nothing has anything before it is set. */
const NAMESPACE: ClassStatement = {
  kind: 'class',
  span: NOWHERE,
  name: 'Namespace',
  nameSpan: NOWHERE,
  bases: [],
  body: [],
  decorators: [],
  broken: false,
};

/** `SimpleNamespace(width=width)`, `EasyDict({'width': width})`: an object whose attributes are what it is given. */
export function namespaceCall(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  if (!NAMESPACES.has(qualified)) return undefined;
  const made: ObjectValue = {
    kind: 'object',
    id: frame.interpreter.newId(),
    definition: NAMESPACE,
    span,
  };
  frame.heap.makeObject(made.id);
  for (const given of everyArgument({ ...args, named: new Map() })) {
    if (given.kind === 'dict') setAll(made, given.entries, { frame, span });
  }
  setAll(made, args.named, { frame, span });
  return made;
}

function setAll(
  made: ObjectValue,
  entries: ReadonlyMap<string, Value>,
  { frame, span }: Pick<CallSite, 'frame' | 'span'>,
): void {
  for (const [name, value] of entries) frame.heap.setAttribute(made.id, name, { value, span });
}
