import { builtModel } from '../../built/built-model.ts';
import { type BuiltCheck, builtCheck, wholeWidths } from '../../built/coordinates/built-check.ts';
import { depthCheck } from '../../built/coordinates/depth-check.ts';
import { seedsToGoOnTo } from '../../built/coordinates/more-seeds.ts';
import type { Probed } from '../../built/run-probe.ts';
import type { MeasuredSoFar, MoreSeeds } from './follow-probe.ts';

/** What is checked, and how many seeds it may go on to by itself. */
interface Asked {
  readonly seeds: number;
  readonly steps: number;
  readonly at: number | null;
  readonly mostSeeds: number;
}

/** A check that goes on to more seeds by itself, as long as those before leave it open. */
export class GoingOn {
  readonly #asked: Asked;
  /** All that it was to measure, one after the other. */
  readonly #seeds: number[];

  constructor(asked: Asked) {
    this.#asked = asked;
    this.#seeds = [asked.seeds];
  }

  more({ widths, runs, secondsLeft }: MeasuredSoFar): MoreSeeds {
    const from = this.#seeds.at(-1)!;
    const check = this.#checkOf({ widths, runs }, from);
    const to = check && seedsToGoOnTo(check, { most: this.#asked.mostSeeds, secondsLeft });
    if (to === null) return null;
    this.#seeds.push(to);
    return [from, to];
  }

  /** What was measured with the most seeds that every width has, how many those are, and what is to be said of that. */
  ended(probed: Probed): {
    readonly probed: Probed;
    readonly seeds: number;
    readonly notes: readonly string[];
  } {
    const [asked = 1, ...others] = this.#seeds;
    // In the order of one that was asked for so many at first.
    const all = probed.runs.toSorted((one, other) => one.width - other.width || one.seed - other.seed);
    const runsOf = (count: number) => all.filter(({ seed }) => seed < count);
    const widthsOf = (count: number) => wholeWidths(runsOf(count), count);
    const widths = new Set(widthsOf(asked));
    const seeds = this.#seeds.findLast((count) => widthsOf(count).length === widths.size) ?? asked;
    const isLate = ({ stage, width = 0 }: Probed['failures'][number]) => stage === 'run' && widths.has(width);
    const late = probed.failures.filter(isLate);
    const reached = others.filter((count) => count <= seeds);
    const failures = probed.failures.filter((failure) => !isLate(failure));
    return {
      probed: { ...probed, runs: runsOf(seeds), failures },
      seeds,
      notes: [
        ...(reached.length === 0
          ? []
          : [`${asked} seeds left it open, so it went on to ${reached.join(' and ')} by itself`]),
        ...late.map(({ width, why }) => `no more seeds could be measured, at width ${width}: ${why}`),
      ],
    };
  }

  #checkOf({ widths, runs }: Pick<MeasuredSoFar, 'widths' | 'runs'>, seeds: number): BuiltCheck | null {
    const { steps, at } = this.#asked;
    const asked = { seeds, steps };
    if (wholeWidths(runs, seeds).length < 2) return null;
    if (at !== null) return depthCheck({ runs, asked });
    const model = widths.length < 2 ? null : builtModel(widths);
    return builtCheck({ runs, asked, model, findings: [] });
  }
}
