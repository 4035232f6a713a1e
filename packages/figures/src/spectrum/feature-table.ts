import type { LayerFeatures } from '@widthwise/core';
import { valueText } from '../words/number-text.ts';

export const FEATURE_HEADS: readonly string[] = [
  'layer',
  'width',
  'κ(X)',
  'rank',
  'participation',
  'alignment',
  'CKA',
  'within/between',
];

/** Beside every table of features. */
export const HOW_TO_READ_FEATURES: string =
  'Of the Gram xᵀx/n after the last step, averaged over seeds, at the widest width. κ(X): largest by smallest singular value. Rank: eigenvalues that are no rounding. Participation: (Σλ)²/Σλ². Alignment and CKA: with the Gram at step 0, 1 where training only rescaled it (CKA: or moved all samples alike). Within/between: scatter within classes by that between them.';

/** What the Gram of each layer shows at its widest width, a row a layer. */
export function featureRows(features: readonly LayerFeatures[]): readonly (readonly string[])[] {
  return features.flatMap(({ layer, byWidth }) => {
    const widest = byWidth.at(-1);
    if (widest === undefined) return [];
    return [
      [
        `layer ${layer}`,
        String(widest.width),
        widest.conditionNumber === null ? '∞' : valueText(widest.conditionNumber),
        String(widest.numericalRank),
        valueText(widest.participationRatio),
        valueText(widest.kernelAlignment),
        valueText(widest.centeredAlignment),
        valueText(widest.classScatter),
      ],
    ];
  });
}
