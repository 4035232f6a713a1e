import {
  type Asked,
  COMPARISON,
  type ComparisonParams,
  type ComparisonReport,
  type RunResult,
  referenceEngine,
  train,
} from '@widthwise/core';
import { prepareExperiment } from '../lab/experiments/prepare.ts';
import type { ReportContext } from './report-context.ts';

/** A real comparison of nets so small that a test can train them, and what its reports are made from. */
export async function smallComparison(
  asked: Asked<ComparisonParams> = {},
): Promise<{ report: ComparisonReport; context: ReportContext }> {
  const prepared = await prepareExperiment(
    COMPARISON,
    { widths: [16, 32, 64], seeds: 3, steps: 4, baseWidth: 1, learningRate: 1, ...asked },
    { cwd: '/' },
  );
  const results = new Map<string, RunResult>();
  for (const { hash, spec } of prepared.plan) {
    const run = train(spec, prepared.dataset, referenceEngine);
    let next = run.next();
    while (!next.done) next = run.next();
    results.set(hash, next.value);
  }
  return {
    report: prepared.reduce({ results, complete: true }),
    context: {
      ...prepared,
      command: 'widthwise compare --widths 16,32,64',
      date: new Date('2026-11-24T12:00:00Z'),
      version: '0.1.0',
      machine: 'a machine',
    },
  };
}
