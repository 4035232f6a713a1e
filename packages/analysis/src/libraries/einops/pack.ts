import { productOfAll } from '../../growth/product.ts';
import { literal, type Quantity } from '../../growth/quantity.ts';
import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { tensorIn, tensorValue, unreadOf } from '../../interpret/modules/tensors.ts';
import { list } from '../../interpret/values/containers.ts';
import { isNumeric, quantityOf } from '../../interpret/values/numbers.ts';
import { number, type Value } from '../../interpret/values/value.ts';
import { closed, withRank } from '../../network/shape.ts';
import { shapeOf, view } from '../../network/tensor.ts';

/** `pack([t], 'o *')`: the dimensions that the star stands for become one; also gives them, to be taken apart again. */
export function packed({ args, frame, span }: CallSite): Value | undefined {
  const given = argument(args, { name: 'tensors', index: 0 });
  const star = starIn(argument(args, { name: 'pattern', index: 1 }));
  const [only, ...more] = given?.kind === 'list' && !given.open ? given.items : [];
  const of = more.length === 0 ? tensorIn(only, frame) : null;
  if (of === null || star === null) return undefined;
  const shape = shapeOf(of);
  if (shape === null || shape.open || shape.dims.length < star.before + star.after) {
    return list([tensorValue(unreadOf([of], 'einops.pack', span)), list([], true)]);
  }
  const until = shape.dims.length - star.after;
  const places = [...shape.dims.keys()];
  const joined = shape.dims.slice(star.before, until);
  const dims = [
    ...shape.dims.slice(0, star.before),
    joined.length === 0 ? literal(1) : productOfAll(joined),
    ...shape.dims.slice(until),
  ];
  const from = [
    ...places.slice(0, star.before).map((place) => [place]),
    places.slice(star.before, until),
    ...places.slice(until).map((place) => [place]),
  ];
  const lengths = list(joined.map(number), false, true);
  return list([tensorValue(view(of, { shape: closed(dims), from }, span)), list([lengths])], false, true);
}

/** `unpack(t, shapes, 'o *')`: of one shape, the tensor with the star's dimension taken apart into those of the shape. */
export function unpacked({ args, frame, span }: CallSite): Value | undefined {
  const of = tensorIn(argument(args, { name: 'tensor', index: 0 }), frame);
  const lengths = onlyShape(argument(args, { name: 'packed_shapes', index: 1 }));
  const star = starIn(argument(args, { name: 'pattern', index: 2 }));
  if (of === null || star === null) return undefined;
  const rank = star.before + 1 + star.after;
  const given = shapeOf(of);
  const shape = given === null ? null : withRank(given, rank);
  if (lengths === null || shape?.dims.length !== rank) {
    return list([tensorValue(unreadOf([of], 'einops.unpack', span))], true);
  }
  const dims = [...shape.dims.slice(0, star.before), ...lengths, ...shape.dims.slice(star.before + 1)];
  const from = dims.map((_, at) => {
    if (at < star.before) return [at];
    return [at < star.before + lengths.length ? star.before : at - lengths.length + 1];
  });
  return list([tensorValue(view(of, { shape: closed(dims), from }, span))]);
}

/** How many dimensions stand before and after the star of a pattern. */
function starIn(pattern: Value | undefined): { readonly before: number; readonly after: number } | null {
  if (pattern?.kind !== 'text') return null;
  const axes = pattern.text.trim().split(/\s+/);
  const before = axes.indexOf('*');
  return before < 0 || before !== axes.lastIndexOf('*') ? null : { before, after: axes.length - before - 1 };
}

function onlyShape(shapes: Value | undefined): readonly Quantity[] | null {
  const [only, ...more] = shapes?.kind === 'list' && !shapes.open ? shapes.items : [];
  if (only?.kind !== 'list' || only.open || more.length > 0 || !only.items.every(isNumeric)) return null;
  return only.items.map(quantityOf);
}
