import type { BuiltTransferReport } from './built-transfer-report.ts';
import { builtTransferNotes, builtTransferSentence } from './built-transfer-words.ts';

/** What `transfer --python --json` writes: finite JSON. */
export function builtTransferDocument(report: BuiltTransferReport): object {
  const { request, versions, ending, transfer, rows, ownRates, failures } = report;
  const { parametrization: _, predicted: __, ...found } = transfer;
  return {
    schema: 'widthwise/transfer-python',
    version: 1,
    complete: ending !== 'stopped' && failures.length === 0,
    ending,
    request,
    python: versions?.python ?? null,
    torch: versions?.torch ?? null,
    libraries: versions?.libraries ?? null,
    sentence: builtTransferSentence(report).text,
    ownRates,
    ...found,
    failures: failures.map(({ stage, width, why }) => ({ stage, width: width ?? null, why })),
    notes: builtTransferNotes(report),
    rows: rows.map(({ parametrization: ___, ...row }) => row),
  };
}
