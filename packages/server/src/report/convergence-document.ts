import type { ConvergenceCheckRequest, ConvergenceReport, TwinNotes } from '@widthwise/core';
import { type LabelledParametrization, labelled } from './labelled.ts';
import type { ReportContext } from './report-context.ts';

/** What `--json` of a convergence check holds: finite JSON, the same for the same request wherever it ran. */
interface ConvergenceDocument extends ConvergenceReport {
  readonly schema: 'widthwise/check';
  readonly version: 1;
  readonly request: Omit<ConvergenceCheckRequest, 'dataset' | 'parametrization' | 'limits'> & {
    readonly dataTitle: string;
    readonly twin?: TwinNotes;
    readonly parametrization: LabelledParametrization;
  };
}

/** A report with what was asked for, so that it explains itself. */
export function convergenceDocument(
  report: ConvergenceReport,
  { request, dataTitle, labels, twin }: ReportContext<ConvergenceCheckRequest>,
): ConvergenceDocument {
  const { dataset: _, limits: _limits, parametrization, ...asked } = request;
  const { complete, ...found } = report;
  return {
    schema: 'widthwise/check',
    version: 1,
    complete,
    request: {
      ...asked,
      dataTitle,
      ...(twin && { twin }),
      parametrization: labelled(parametrization, labels),
    },
    ...found,
  };
}
