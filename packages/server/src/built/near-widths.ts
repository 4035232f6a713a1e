import type { FailureRecord } from './probe-record.ts';

/** `; near it, widths 60 and 72 run`; empty where nothing is known of that. */
export function nearText({ near = [] }: FailureRecord): string {
  if (near.length === 0) return '';
  return `; near it, ${near.length === 1 ? `width ${near[0]} runs` : `widths ${near.join(' and ')} run`}`;
}

/** A failure whose reason says which widths near it run. */
export function withNear(failure: FailureRecord): FailureRecord {
  return { ...failure, why: `${failure.why}${nearText(failure)}` };
}
