import type { BuiltCheckReport } from './built-check-report.ts';
import { axisOf, reasonText } from './check-reasons.ts';
import { checkTable } from './check-table.ts';
import { builtCheckSentence, builtSuspectSentence, howToReadBuilt } from './check-words.ts';

/** What `coord-check --python --json` writes: finite JSON. */
export function builtCheckDocument(report: BuiltCheckReport): object {
  const { request, model, source, versions, check, suspects, foretold, unforetold, runs, failures } = report;
  const { verdict, widths, seeds, steps, layers, weights, reasons, notes } = check;
  return {
    schema: 'widthwise/coord-check-python',
    version: 1,
    complete: failures.length === 0,
    request,
    model,
    source,
    python: versions?.python ?? null,
    torch: versions?.torch ?? null,
    libraries: versions?.libraries ?? null,
    widths,
    seeds,
    steps,
    verdict,
    sentence: `${builtCheckSentence(report)}.`,
    table: checkTable(report),
    reading: howToReadBuilt(report),
    layers,
    weights,
    suspects: suspects.map((suspect) => ({ ...suspect, sentence: `${builtSuspectSentence(suspect)}.` })),
    foretold,
    unforetold,
    reasons: reasons.map((reason) => reasonText(reason, axisOf(request))),
    failures: failures.map(({ stage, width, why }) => ({ stage, width: width ?? null, why })),
    notes,
    rows: runs.map(({ width, seed, losses, stoppedAt, layers: measured, weights: matrices }) => ({
      width,
      seed,
      state: stoppedAt === null ? 'finished' : 'diverged',
      divergedAt: stoppedAt,
      losses,
      layers: measured.map(({ layer, shape, size, update, gradient }) => ({
        layer,
        shape,
        size,
        update,
        gradient,
      })),
      weights: matrices,
    })),
  };
}
