import { codeSpan, nameText } from '@widthwise/core';
import type { Growth } from '../growth/growth.ts';
import type { InitWrite } from '../network/init.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import type { Span } from '../syntax/span.ts';
import type { Report } from './rule.ts';

/** One initialization of one weight, which a finding is about. */
export interface Cause {
  readonly weight: Weight;
  readonly span: Span;
  readonly std: Growth;
  readonly write: InitWrite;
}

/** The statements that may have initialized a weight. */
export function causesOf(weight: Weight): readonly Cause[] {
  return weight.inits.flatMap(({ write, std }) =>
    write.span === null ? [] : [{ weight, span: write.span, std, write }],
  );
}

/** `mix.weight` with its fans: (width → width). */
export function weightText(model: Model, weight: Weight): string {
  return `${codeSpan(model.rowName(weight))} (${weight.fans})`;
}

/** Where every weight concerned is constructed. */
export function related(model: Model, causes: readonly Cause[]): Report['related'] {
  const places = new Map<number, { span: Span; message: string }>();
  for (const { weight } of causes) {
    const { constructor: span } = weight.spans;
    places.set(span.start, { span, message: `${nameText(model.rowName(weight))} is made here` });
  }
  return [...places.values()];
}
