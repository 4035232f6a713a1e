import { powerText, rateText } from '@widthwise/analysis';
import type { BuiltModel } from '../../built/built-model.ts';
import { layerOfWeight } from '../../built/layer-weight.ts';
import { shownPath } from '../../files/shown-path.ts';
import type { PlaceInCode } from '../../report/built-check/built-check-report.ts';

/** Where the modules of a built model's weights are made, and how those start and are trained, by the modules' paths. */
export function placesInCode(model: BuiltModel | null, cwd: string): ReadonlyMap<string, PlaceInCode> {
  return new Map(
    (model?.parameters ?? []).flatMap(({ name, aliases, b, c, lines }) => {
      const { made } = lines;
      const place: PlaceInCode = {
        code: made === null ? null : { file: shownPath(made[0], cwd), line: made[1] },
        init: b.exponent === null ? null : powerText(b.exponent),
        rate: c.exponent === null ? null : c.exponent === 'zero' ? '0' : rateText(c.exponent),
      };
      return [name, ...aliases].flatMap((one) => {
        const layer = layerOfWeight(one);
        return layer === null ? [] : [[layer, place] as const];
      });
    }),
  );
}
