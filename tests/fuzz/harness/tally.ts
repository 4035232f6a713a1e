import type { Outcome } from './isolate.ts';
import type { Problem } from './kind.ts';

/** What a campaign counted. */
export interface Totals {
  readonly kind: string;
  readonly tried: number;
  /** Inputs by the kind of their first problem. */
  readonly failed: Readonly<Record<string, number>>;
  /** Milliseconds of CPU of an analysis. */
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

/** What a tally has counted, as it is kept between the slices of a long run. */
export interface Counted {
  readonly tried: number;
  readonly failed: Readonly<Record<string, number>>;
  /** Tenths of a millisecond. */
  readonly cpu: readonly number[];
  readonly rss: { readonly end: number; readonly most: number };
  readonly seconds: number;
}

const NOTHING: Counted = { tried: 0, failed: {}, cpu: [], rss: { end: 0, most: 0 }, seconds: 0 };

/** Counts what happened to the inputs of one kind. */
export class Tally {
  readonly #began = performance.now();
  readonly #before: number;
  readonly #failed: Map<string, number>;
  readonly #cpu: number[];
  #tried: number;
  #rss: Counted['rss'];

  /** @param before what an earlier slice has counted */
  constructor(before: Counted = NOTHING) {
    this.#before = before.seconds;
    this.#failed = new Map(Object.entries(before.failed));
    this.#cpu = [...before.cpu];
    this.#tried = before.tried;
    this.#rss = before.rss;
  }

  get tried(): number {
    return this.#tried;
  }

  /** Of this slice. */
  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  get counted(): Counted {
    return {
      tried: this.#tried,
      failed: Object.fromEntries(this.#failed),
      cpu: this.#cpu,
      rss: this.#rss,
      seconds: this.#before + this.seconds,
    };
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
    if (outcome.cpuMs !== null) this.#cpu.push(Math.round(10 * outcome.cpuMs));
  }

  totals(kind: string): Totals {
    const { tried, failed, cpu, rss, seconds } = this.counted;
    return {
      kind,
      tried,
      failed,
      cpuMs: spread(cpu),
      rssMb: { end: Math.round(rss.end / 1e6), most: Math.round(rss.most / 1e6) },
      seconds: Math.round(seconds),
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
  const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))]! / 10;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
