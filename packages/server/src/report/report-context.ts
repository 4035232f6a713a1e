import type { ComparisonRequest, TwinNotes } from '@widthwise/core';

/** What a report says beside its numbers: what was asked, and how, where and when it was measured. */
export interface ReportContext<Request = ComparisonRequest> {
  /** What its files are called after, `digits`. */
  readonly name: string;
  /** The data in words, `digits, 64 samples`. */
  readonly dataTitle: string;
  /** How a data file was read, in words; null where nothing was guessed. */
  readonly dataReading: string | null;
  /** What stands for a model of the user's; null where the built-in network does. */
  readonly twin: TwinNotes | null;
  readonly request: Request;
  /** Why `auto` took the engine that trained; without it, the engine was asked for or is none of these. */
  readonly engineReason?: string | null;
  /** What each parametrization is shown as, by its name: `mup` is `μP`. */
  readonly labels: Readonly<Record<string, string>>;
  /** The command that measures the same again. */
  readonly command: string;
  readonly date: Date;
  readonly version: string;
  readonly machine: string;
}
