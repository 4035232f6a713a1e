import { productOfAll } from '../../growth/product.ts';
import { literal, type Quantity } from '../../growth/quantity.ts';
import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { tensorIn, tensorValue, unreadOf } from '../../interpret/modules/tensors.ts';
import { list } from '../../interpret/values/containers.ts';
import { isNumeric, quantityOf } from '../../interpret/values/numbers.ts';
import { number, type Value } from '../../interpret/values/value.ts';
import type { Tensor } from '../../network/graph.ts';
import { concatenated } from '../../network/joined.ts';
import { closed, withRank } from '../../network/shape.ts';
import { shapeOf, view } from '../../network/tensor.ts';
import type { Span } from '../../syntax/span.ts';
import { parts } from '../torch/forward/splits.ts';

/** How many dimensions stand before and after the star of a pattern. */
interface Star {
  readonly before: number;
  readonly after: number;
}

/**
 * `pack([t, u], 'o *')`: the dimensions that the star stands for become one, along which the tensors are joined; also
 * gives those of each, to be taken apart again.
 */
export function packed({ args, frame, span }: CallSite): Value | undefined {
  const given = argument(args, { name: 'tensors', index: 0 });
  const star = starIn(argument(args, { name: 'pattern', index: 1 }));
  const items = given?.kind === 'list' && !given.open ? given.items : [];
  const tensors = items.map((item) => tensorIn(item, frame)).filter((one) => one !== null);
  if (tensors.length === 0 || tensors.length < items.length || star === null) return undefined;
  const flat = tensors.flatMap((one) => flattened(one, star, span) ?? []);
  const [first, ...more] = flat;
  if (first === undefined || flat.length < tensors.length) {
    return list([tensorValue(unreadOf(tensors, 'einops.pack', span)), list([], true)]);
  }
  const whole =
    more.length === 0
      ? first.tensor
      : concatenated(
          flat.map(({ tensor }) => tensor),
          star.before,
          span,
        );
  const shapes = flat.map(({ lengths }) => list(lengths.map(number), false, true));
  return list([tensorValue(whole), list(shapes)], false, true);
}

/** A tensor whose star is one dimension, and the lengths that this has put together. */
function flattened(
  of: Tensor,
  { before, after }: Star,
  span: Span,
): { readonly tensor: Tensor; readonly lengths: readonly Quantity[] } | null {
  const shape = shapeOf(of);
  if (shape === null || shape.open || shape.dims.length < before + after) return null;
  const until = shape.dims.length - after;
  const places = [...shape.dims.keys()];
  const lengths = shape.dims.slice(before, until);
  const dims = [
    ...shape.dims.slice(0, before),
    lengths.length === 0 ? literal(1) : productOfAll(lengths),
    ...shape.dims.slice(until),
  ];
  const from = [
    ...places.slice(0, before).map((place) => [place]),
    places.slice(before, until),
    ...places.slice(until).map((place) => [place]),
  ];
  return { tensor: view(of, { shape: closed(dims), from }, span), lengths };
}

/** `unpack(t, shapes, 'o *')`: for each shape, the part whose star's dimension it is, taken apart into its lengths. */
export function unpacked({ args, frame, span }: CallSite): Value | undefined {
  const of = tensorIn(argument(args, { name: 'tensor', index: 0 }), frame);
  const shapes = lengthsOf(argument(args, { name: 'packed_shapes', index: 1 }));
  const star = starIn(argument(args, { name: 'pattern', index: 2 }));
  if (of === null || star === null) return undefined;
  const rank = star.before + 1 + star.after;
  const given = shapeOf(of);
  const shape = given === null ? null : withRank(given, rank);
  if (shapes === null || shape?.dims.length !== rank) {
    return list([tensorValue(unreadOf([of], 'einops.unpack', span))], true);
  }
  const along = shapes.map((lengths) => (lengths.length === 0 ? literal(1) : productOfAll(lengths)));
  const each = along.length === 1 ? [of] : parts({ of, span }, star.before, along);
  const apart = each.map((part, at) => {
    const lengths = shapes[at] ?? [];
    const dims = [...shape.dims.slice(0, star.before), ...lengths, ...shape.dims.slice(star.before + 1)];
    const from = dims.map((_, place) => {
      if (place < star.before) return [place];
      return [place < star.before + lengths.length ? star.before : place - lengths.length + 1];
    });
    return tensorValue(view(part, { shape: closed(dims), from }, span));
  });
  return list(apart);
}

function starIn(pattern: Value | undefined): Star | null {
  if (pattern?.kind !== 'text') return null;
  const axes = pattern.text.trim().split(/\s+/);
  const before = axes.indexOf('*');
  return before < 0 || before !== axes.lastIndexOf('*') ? null : { before, after: axes.length - before - 1 };
}

/** What each of the packed shapes holds. */
function lengthsOf(shapes: Value | undefined): readonly (readonly Quantity[])[] | null {
  const items = shapes?.kind === 'list' && !shapes.open ? shapes.items : [];
  const each = items.flatMap((one) =>
    one.kind === 'list' && !one.open && one.items.every(isNumeric) ? [one.items.map(quantityOf)] : [],
  );
  return each.length === 0 || each.length < items.length ? null : each;
}
