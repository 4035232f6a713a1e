import type { Outcome } from './isolate.ts';
import type { Problem } from './kind.ts';

/** What a campaign counted. */
export interface Totals {
  readonly kind: string;
  readonly tried: number;
  /** Inputs by the kind of their first problem. */
  readonly failed: Readonly<Record<string, number>>;
  /** Milliseconds of user CPU of an analysis. */
  readonly cpuMs: {
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
  } | null;
  /** Megabytes that the judging process held at the end, and at most. */
  readonly rssMb: { readonly end: number; readonly most: number };
  readonly seconds: number;
}

/** Counts what happened to the inputs of one kind. */
export class Tally {
  readonly #began = performance.now();
  readonly #failed = new Map<string, number>();
  readonly #cpuMs: number[] = [];
  #tried = 0;
  #rss = { end: 0, most: 0 };

  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  /** How many inputs had that kind of problem so far. */
  times(problem: Problem): number {
    return this.#failed.get(problem.kind) ?? 0;
  }

  add(outcome: Outcome): void {
    this.#tried++;
    const problem = problemOf(outcome);
    if (problem !== null) this.#failed.set(problem.kind, this.times(problem) + 1);
    if ('died' in outcome) return;
    this.#rss = { end: outcome.rss, most: Math.max(this.#rss.most, outcome.rss) };
    if (outcome.cpuMs !== null) this.#cpuMs.push(outcome.cpuMs);
  }

  totals(kind: string): Totals {
    return {
      kind,
      tried: this.#tried,
      failed: Object.fromEntries(this.#failed),
      cpuMs: spread(this.#cpuMs),
      rssMb: { end: Math.round(this.#rss.end / 1e6), most: Math.round(this.#rss.most / 1e6) },
      seconds: Math.round(this.seconds),
    };
  }
}

/** What is wrong first with what happened, or null. */
export function problemOf(outcome: Outcome): Problem | null {
  if ('died' in outcome) return { kind: outcome.died, what: outcome.why };
  return outcome.problems[0] ?? null;
}

function spread(values: readonly number[]): Totals['cpuMs'] {
  if (values.length === 0) return null;
  const sorted = values.toSorted((left, right) => left - right);
  const at = (part: number): number => Math.round(10 * sorted[Math.floor(part * (sorted.length - 1))]!) / 10;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
