import type { TextEdit } from '../finding.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import type { Model } from '../outline/model.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { CodeAround } from './code-around.ts';
import { ELSEWHERE, type NoEdit, noEdit } from './no-edit.ts';
import { ownSizes } from './own-sizes.ts';
import { type ScaledEdits, sameAt, scalingFactor } from './scaling-factor.ts';
import { joinedEdits } from './text-edits.ts';

/** A place whose value wants a factor, and how the factor is written there; why not where the code there is another. */
export interface ScaledPlace {
  readonly span: Span;
  write(factor: string): readonly TextEdit[];
}

export interface ScaledExpressions {
  readonly places: readonly (ScaledPlace | NoEdit)[];
  /** Names of the width, the best first. */
  readonly symbols: Iterable<WidthSymbol>;
  /** What stands there is multiplied by (base ÷ width) to this power. */
  readonly power: number;
}

/** Multiplies what stands at some places, all of them or none. */
export function scaledExpressions(
  { places, symbols, power }: ScaledExpressions,
  model: Model,
  code: CodeAround,
): ScaledEdits | NoEdit {
  const each: ScaledEdits[] = [];
  for (const place of places) {
    if ('why' in place) return place;
    if (!isHere(place.span)) return ELSEWHERE;
    const { start: offset } = place.span;
    const sizes = ownSizes(model, code, offset);
    const factor = scalingFactor(code, { offset, symbols, power, given: model.widths.given, sizes });
    if ('why' in factor) return factor;
    each.push(sameAt(factor, place.write(factor.text)));
  }
  const edits = joinedEdits(each.map((one) => one.edits));
  const whole = each.find(({ safety }) => safety === 'needs-decision') ?? each[0];
  return whole === undefined || edits === undefined
    ? noEdit('the places lie within each other')
    : { ...whole, edits };
}
