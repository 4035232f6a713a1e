import type { PreparedComparison } from '../lab/experiments/prepared-comparison.ts';

/** What a report says beside its numbers: what was asked, and how, where and when it was measured. */
export interface ReportContext
  extends Pick<PreparedComparison, 'name' | 'dataTitle' | 'dataReading' | 'request' | 'labels' | 'limits'> {
  /** The command that measures the same again. */
  readonly command: string;
  readonly date: Date;
  readonly version: string;
  readonly machine: string;
}
