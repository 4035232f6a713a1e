import type { TransferReport, TransferRequest, TwinNotes } from '@widthwise/core';
import { type LabelledParametrization, labelled } from './labelled.ts';
import type { ReportContext } from './report-context.ts';

/** What `--json` of a search for the best rates holds: finite JSON, the same for the same request wherever it ran. */
interface TransferDocument extends TransferReport {
  readonly schema: 'widthwise/transfer';
  readonly version: 1;
  readonly request: Omit<TransferRequest, 'dataset' | 'parametrizations'> & {
    readonly dataTitle: string;
    readonly twin?: TwinNotes;
    readonly parametrizations: readonly LabelledParametrization[];
  };
}

/** A report with what was asked for, so that it explains itself. */
export function transferDocument(
  report: TransferReport,
  { request, dataTitle, labels, twin }: ReportContext<TransferRequest>,
): TransferDocument {
  const { dataset: _, parametrizations, ...asked } = request;
  const { complete, transfers, rows } = report;
  return {
    schema: 'widthwise/transfer',
    version: 1,
    complete,
    request: {
      ...asked,
      dataTitle,
      ...(twin && { twin }),
      parametrizations: parametrizations.map((each) => labelled(each, labels)),
    },
    transfers,
    rows,
  };
}
