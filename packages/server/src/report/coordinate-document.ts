import type { CoordinateCheckRequest, CoordinateReport, TwinNotes } from '@widthwise/core';
import { type LabelledParametrization, labelled } from './labelled.ts';
import type { ReportContext } from './report-context.ts';

/** What `--json` of a coordinate check holds: finite JSON, the same for the same request wherever it ran. */
export interface CoordinateDocument extends CoordinateReport {
  readonly schema: 'widthwise/coord-check';
  readonly version: 1;
  readonly request: Omit<CoordinateCheckRequest, 'dataset' | 'parametrization'> & {
    readonly dataTitle: string;
    readonly twin?: TwinNotes;
    readonly parametrization: LabelledParametrization;
  };
}

/** A report with what was asked for, so that it explains itself. */
export function coordinateDocument(
  report: CoordinateReport,
  { request, dataTitle, labels, twin }: ReportContext<CoordinateCheckRequest>,
): CoordinateDocument {
  const { dataset: _, parametrization, ...asked } = request;
  const { complete, verdict, layers, suspects, reasons, rows } = report;
  return {
    schema: 'widthwise/coord-check',
    version: 1,
    complete,
    request: {
      ...asked,
      dataTitle,
      ...(twin && { twin }),
      parametrization: labelled(parametrization, labels),
    },
    verdict,
    layers,
    suspects,
    reasons,
    rows,
  };
}
