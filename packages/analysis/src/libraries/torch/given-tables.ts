import { isSubclass } from '../../interpret/machine/classes.ts';
import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import { noteStored, storedIn } from '../../interpret/modules/stored-tensors.ts';
import { unreadPart } from '../../interpret/modules/unread.ts';
import { truthOf, truthValue } from '../../interpret/values/truth.ts';
import { NONE, number, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { weightOf } from '../../network/layer.ts';
import { isData, shapeOf } from '../../network/tensor.ts';
import type { ClassStatement } from '../../syntax/ast.ts';
import { torchLayer } from './layers.ts';
import { setTo } from './own-parameters.ts';
import { findLayer } from './tables.ts';

/**
 * An embedding whose rows the code itself makes: `nn.Embedding.from_pretrained(sinusoids(length, width), freeze=True)`.
 * Undefined for any other function, and where the table is another parameter's or comes from outside: how long its rows are
 * is then the data's affair.
 */
export function givenTable(qualified: string, site: CallSite): Value | undefined {
  const [, layer] = GIVEN.exec(qualified) ?? [];
  const knowledge = layer === undefined ? undefined : findLayer(layer);
  const { args, frame, span } = site;
  if (layer === undefined || knowledge === undefined || args.open) return undefined;
  const table = argument(args, { name: 'embeddings', index: 0 }) ?? UNKNOWN;
  const sizes = isOfParameter(table, site) ? null : sizesOf(table);
  if (sizes === null) return undefined;
  const most = argument(args, { name: 'max_norm', index: layer.endsWith('Bag') ? 2 : 3 }) ?? NONE;
  const made = torchLayer(layer, knowledge, {
    ...site,
    args: { positional: sizes, named: new Map([['max_norm', most]]), open: false },
  });
  const weight = weightOf(made.layer);
  setTo(weight, table, { frame, span, by: 'from_pretrained', update: 'strong' });
  noteStored(weight, table, frame);
  const freezes = truthOf(argument(args, { name: 'freeze', index: 1 }) ?? truthValue(true));
  frame.heap.parameters.freeze(weight, freezes === null ? null : !freezes);
  return made;
}

const GIVEN = /^(torch\.nn\.(?:modules\.sparse\.)?Embedding(?:Bag)?)\.from_pretrained$/;

/** `Table.from_pretrained` of a class of the project that is an embedding: what it makes it of such rows is not followed. */
export function tableMaker(definition: ClassStatement, name: string, frame: Frame): Value | undefined {
  const bases = ['torch.nn.Embedding', 'torch.nn.EmbeddingBag'];
  if (name !== 'from_pretrained') return undefined;
  const isTable = bases.some((base) => isSubclass(frame.interpreter, definition, base) === true);
  return isTable ? { kind: 'reference', qualified: OF_SUBCLASS } : undefined;
}

/** The part that such a class makes. */
export function ownTable(qualified: string, site: CallSite): Value | undefined {
  return qualified === OF_SUBCLASS ? unreadPart(site) : undefined;
}

const OF_SUBCLASS = 'torch.nn.Embedding.from_pretrained, by a subclass';

/** Whether a table has the entries of a parameter, or is made of one. */
function isOfParameter(table: Value, { frame }: CallSite): boolean {
  return (table.kind === 'tensor' && !isData(table.tensor)) || storedIn(table, frame).length > 0;
}

/** How many rows it has, and how long they are; null where that is not known. */
function sizesOf(table: Value): readonly Value[] | null {
  const shape = table.kind === 'tensor' ? shapeOf(table.tensor) : null;
  return shape !== null && !shape.open && shape.dims.length === 2 ? shape.dims.map(number) : null;
}
