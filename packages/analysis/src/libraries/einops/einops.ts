import { isDataLength } from '../../growth/product.ts';
import { isPartlyUnknown, literal } from '../../growth/quantity.ts';
import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import type { Library } from '../../interpret/machine/library.ts';
import { tensorIn, tensorValue, unreadOf } from '../../interpret/modules/tensors.ts';
import { list } from '../../interpret/values/containers.ts';
import { optionsOf } from '../../interpret/values/either.ts';
import { isNumeric, quantityOf } from '../../interpret/values/numbers.ts';
import { truthValue } from '../../interpret/values/truth.ts';
import { number, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { Tensor } from '../../network/graph.ts';
import { shapeOf, view } from '../../network/tensor.ts';
import { packed, unpacked } from './pack.ts';
import { type Group, type Pattern, parsePattern } from './pattern.ts';
import { rearranged } from './rearrange.ts';

/** einops: dimensions taken apart, put together and in another order, by a pattern. */
export const einops: Library = {
  roots: ['einops'],
  call(qualified, site) {
    const name = qualified.slice(qualified.lastIndexOf('.') + 1);
    switch (name) {
      case 'rearrange':
      case 'repeat':
      case 'reduce':
        return applied(name, site);
      case 'pack':
        return packed(site);
      case 'unpack':
        return unpacked(site);
      case 'einsum':
        return contracted(site);
      case 'Rearrange':
      case 'Reduce':
        return later(name, site);
      default:
        return undefined;
    }
  },
};

/** A layer is its function, given the pattern beforehand. */
function later(name: string, { args }: CallSite): Value {
  const [pattern = UNKNOWN, reduction] = args.positional;
  const named = new Map([...args.named, ['pattern', pattern] as const]);
  if (reduction !== undefined) named.set('reduction', reduction);
  const callee: Value = { kind: 'reference', qualified: `einops.${name.toLowerCase()}` };
  return { kind: 'partial', callee, positional: [], named, open: args.open };
}

function applied(name: string, site: CallSite): Value | undefined {
  const { args, frame, span } = site;
  const [first] = args.positional;
  const given = first ?? args.named.get('tensor');
  if (given?.kind === 'list') return undefined;
  const of = optionsOf(given ?? UNKNOWN).reduce<Tensor | null>(
    (found, one) => found ?? tensorIn(one, frame),
    null,
  );
  const text = argument(args, { name: 'pattern', index: 1 });
  const pattern = text?.kind === 'text' ? parsePattern(text.text) : null;
  if (of === null) return undefined;
  if (pattern === null) return tensorValue(unreadOf([of], `einops.${name}`, span));
  const lengths = new Map(
    [...args.named].flatMap(([axis, value]) =>
      isNumeric(value) ? [[axis, quantityOf(value)] as const] : [],
    ),
  );
  const { layout, lost } = rearranged(shapeOf(of), pattern, lengths);
  if (name !== 'reduce' || lost.every(isDataLength)) return tensorValue(view(of, layout, span));
  const mean = lost.some(isPartlyUnknown) ? null : meanOver(of, pattern, site);
  const made =
    mean === null
      ? unreadOf([of], 'einops.reduce over what may grow', span)
      : view(mean, rearranged(shapeOf(mean), pattern, lengths).layout, span);
  return tensorValue(made);
}

/** The mean over whole dimensions that a pattern loses, each left as one entry; null for another reduction, and over parts of dimensions. */
function meanOver(of: Tensor, { left, right }: Pattern, { args, frame, span }: CallSite): Tensor | null {
  const how = argument(args, { name: 'reduction', index: 2 });
  if (how?.kind !== 'text' || how.text !== 'mean' || left.includes('...')) return null;
  const kept = new Set(right.flatMap((group) => (group === '...' ? [] : group)));
  const isLost = (group: Group) => group !== '...' && group.some((one) => !kept.has(one));
  const lost = left.flatMap((group, at) => (isLost(group) ? [{ group, at: at - left.length }] : []));
  if (lost.some(({ group }) => group.length !== 1)) return null;
  const places = lost.map(({ at }) => number(literal(at)));
  const made = frame.interpreter.libraries.call('torch.mean', {
    args: {
      positional: [tensorValue(of), list(places)],
      named: new Map([['keepdim', truthValue(true)]]),
      open: false,
    },
    frame,
    span,
  });
  return made?.kind === 'tensor' ? made.tensor : null;
}

/** `einops.einsum(x, y, 'b i, i o -> b o')`: torch's, with a letter for each name. */
function contracted({ args, frame, span }: CallSite): Value | undefined {
  const pattern = args.positional.at(-1);
  if (pattern?.kind !== 'text') return undefined;
  const letters = new Map<string, string>();
  const equation = pattern.text.replaceAll(/[A-Za-z_]\w*/g, (name) => {
    const letter = letters.get(name) ?? String.fromCharCode(97 + letters.size);
    letters.set(name, letter);
    return letter;
  });
  if (letters.size > 26) return undefined;
  const text: Value = { kind: 'text', text: equation };
  const positional = [text, ...args.positional.slice(0, -1)];
  return frame.interpreter.libraries.call('torch.einsum', {
    args: { ...args, positional: [...list(positional).items] },
    frame,
    span,
  });
}
