import type { ComparisonReport, TwinNotes } from '@widthwise/core';
import { type LabelledParametrization, labelled } from './labelled.ts';
import type { ReportContext } from './report-context.ts';

/** What `--json` and `widthwise-<data>.json` hold: finite JSON, the same for the same request wherever it ran. */
export interface ComparisonDocument extends ComparisonReport {
  readonly schema: 'widthwise/compare';
  readonly version: 1;
  readonly request: Omit<ReportContext['request'], 'dataset' | 'parametrizations' | 'limits' | 'spectra'> & {
    readonly dataTitle: string;
    readonly twin?: TwinNotes;
    readonly parametrizations: readonly LabelledParametrization[];
  };
}

/** A report with what was asked for, so that it explains itself. */
export function comparisonDocument(
  report: ComparisonReport,
  { request, dataTitle, labels, twin }: ReportContext,
): ComparisonDocument {
  const { dataset: _, limits: _limits, spectra: _spectra, parametrizations, ...asked } = request;
  const { complete, rows, slopes, verdicts, features, infiniteWidth, dependentSamples } = report;
  return {
    schema: 'widthwise/compare',
    version: 1,
    complete,
    request: {
      ...asked,
      dataTitle,
      ...(twin && { twin }),
      parametrizations: parametrizations.map((each) => labelled(each, labels)),
    },
    slopes,
    verdicts,
    features,
    infiniteWidth,
    dependentSamples,
    rows,
  };
}
