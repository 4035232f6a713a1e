import type { Markdown } from '@widthwise/core';
import { markdown, tableMarkdown } from '@widthwise/core';
import { FEATURE_HEADS, featureRows, HOW_TO_READ_FEATURES, type LabelledFeatures } from '@widthwise/figures';

/** What the Grams of the widest networks show, a row a layer; nothing where none was kept. */
export function featureMarkdown(features: readonly LabelledFeatures[]): readonly Markdown[] {
  const rows = features.flatMap(({ label, layers }) => featureRows(layers).map((row) => [label, ...row]));
  if (rows.length === 0) return [];
  const heads = ['parametrization', ...FEATURE_HEADS];
  return [
    markdown`## Features`,
    tableMarkdown(
      heads,
      rows,
      heads.map((_, index) => (index < 2 ? ('left' as const) : ('right' as const))),
    ),
    markdown`${HOW_TO_READ_FEATURES}`,
  ];
}
