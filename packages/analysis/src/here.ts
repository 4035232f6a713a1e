import { codeSpan } from '@widthwise/core';
import type { Finding, RelatedPlace } from './finding.ts';
import type { ModelOutline, WeightRow } from './model-outline.ts';
import { lineIndex } from './syntax/line-index.ts';
import type { Span } from './syntax/span.ts';
import { isHere, type SourceModules } from './workspace/source-modules.ts';
import { DESCRIBED } from './workspace/workspace.ts';

/** A finding as the file shows it: what stands in another file is shown at the model, and named. */
export function findingHere(finding: Finding, model: Span, modules: SourceModules): Finding {
  const elsewhere = [finding.span, ...finding.related.map(({ span }) => span)].filter(
    (span) => !isHere(span),
  );
  if (elsewhere.length === 0) return finding;
  const cause: readonly RelatedPlace[] = isHere(finding.span)
    ? []
    : [{ span: model, message: `the cause stands${whereText(finding.span, modules)}` }];
  const related = finding.related.map(({ span, message }) =>
    isHere(span) ? { span, message } : { span: model, message: `${message}${whereText(span, modules)}` },
  );
  return { ...finding, span: isHere(finding.span) ? finding.span : model, related: [...cause, ...related] };
}

function whereText(span: Span, modules: SourceModules): string {
  const found = modules.around(span);
  if (found === undefined) return ' in another file';
  if (found.path.startsWith(DESCRIBED)) return ` in ${codeSpan(found.name)}`;
  const { line } = lineIndex(found.text).placeOf(found.offset);
  return ` in ${codeSpan(found.name)}, line ${line}`;
}

/** What is known of a model, with the places alone that are in the file. */
export function outlineHere(outline: ModelOutline): ModelOutline {
  return { ...outline, weights: outline.weights.map((row) => rowHere(row, outline.span)) };
}

function rowHere(row: WeightRow, model: Span): WeightRow {
  const { attribute, constructor: made, init } = row.spans;
  const held = attribute !== null && isHere(attribute) ? attribute : null;
  return {
    ...row,
    spans: {
      attribute: held,
      constructor: isHere(made) ? made : (held ?? { start: model.start, end: model.start }),
      init: init.filter(isHere),
    },
  };
}
