import type { LimitReport, LimitRequest } from '@widthwise/core';
import { type LabelledParametrization, labelled } from './labelled.ts';
import type { ReportContext } from './report-context.ts';

/** What `--json` of a limit holds: finite JSON, the same for the same request wherever it ran. */
interface LimitDocument extends LimitReport {
  readonly schema: 'widthwise/limit';
  readonly version: 1;
  readonly request: Omit<
    LimitRequest,
    'dataset' | 'parametrization' | 'limit' | 'limitDivergesAt' | 'method'
  > & {
    readonly dataTitle: string;
    readonly parametrization: LabelledParametrization;
  };
}

/** A report with what was asked for, so that it explains itself. */
export function limitDocument(
  report: LimitReport,
  { request, dataTitle, labels }: ReportContext<LimitRequest>,
): LimitDocument {
  const {
    dataset: _,
    limit: _limit,
    limitDivergesAt: _step,
    method: _method,
    parametrization,
    ...asked
  } = request;
  const { complete, ...found } = report;
  return {
    schema: 'widthwise/limit',
    version: 1,
    complete,
    request: { ...asked, dataTitle, parametrization: labelled(parametrization, labels) },
    ...found,
  };
}
