import { areOf } from '../network/init.ts';
import type { Model } from '../outline/model.ts';
import { isSamePlace, type Span } from '../syntax/span.ts';
import type { CodeAround, StartInWhole } from './code-around.ts';

/** The starts of a model's weights. */
export function startsIn({ weights }: Model): readonly StartInWhole[] {
  return weights.flatMap(({ layer, inits }) => inits.map(({ write }) => ({ write, layer: layer.span })));
}

/** Whether what starts a part's weights starts others of a model that it is handed to, as a loop over all parameters does. */
export function startsMoreOfWhole(
  span: Span,
  { weights }: Model,
  { startedInWholes = [] }: CodeAround,
): boolean {
  return startedInWholes.some(
    (one) => areOf(one.write, span) && !weights.some(({ layer }) => isSamePlace(layer.span, one.layer)),
  );
}
