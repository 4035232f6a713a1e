import {
  type ComparisonReport,
  type RunResult,
  reduceComparison,
  referenceEngine,
  train,
} from '@widthwise/core';
import type { CompareParams } from '../lab/experiments/compare-params.ts';
import { prepareComparison } from '../lab/experiments/prepare-comparison.ts';
import type { ReportContext } from './report-context.ts';

/** A real comparison of nets so small that a test can train them, and what its reports are made from. */
export async function smallComparison(
  params: CompareParams = {},
): Promise<{ report: ComparisonReport; context: ReportContext }> {
  const prepared = await prepareComparison({ widths: [16, 32, 64], seeds: 3, steps: 4, ...params }, '/');
  const results = new Map<string, RunResult>();
  for (const { hash, spec } of prepared.plan) {
    const run = train(spec, prepared.request.dataset, referenceEngine);
    let next = run.next();
    while (!next.done) next = run.next();
    results.set(hash, next.value);
  }
  const { request, plan, limits } = prepared;
  return {
    report: reduceComparison(request, plan, { results, limits, complete: true }),
    context: {
      ...prepared,
      command: 'widthwise compare --widths 16,32,64',
      date: new Date('2026-11-24T12:00:00Z'),
      version: '0.1.0',
      machine: 'a machine',
    },
  };
}
