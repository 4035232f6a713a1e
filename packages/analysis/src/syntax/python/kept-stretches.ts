import type { Budget } from '../../budget.ts';
import { type LoweredStretch, moveStretch } from './lowered-stretch.ts';
import type { Stretch } from './stretches.ts';

/** How much text is kept lowered beside that of the last module. */
const MOST_KEPT = 2_000_000;

interface Lowering {
  readonly lower: (stretch: Stretch, budget: Budget) => LoweredStretch;
  readonly budget: Budget;
}

/** The stretches of texts as they were lowered, so that what has not changed is not lowered again. */
export class KeptStretches {
  /** By their text; one that stands in a module several times is there as often. */
  private readonly kept = new Map<string, LoweredStretch[]>();
  private length = 0;
  /** How often each has been met in the present module. */
  private met = new Map<string, number>();

  /** Another module begins; of those before, what was not asked for longest goes. */
  begin(): void {
    for (const [text, same] of this.kept) {
      if (this.length <= MOST_KEPT) break;
      this.kept.delete(text);
      this.length -= text.length * same.length;
    }
    this.met = new Map();
  }

  /** A stretch, for the work that it took when it was lowered. */
  lowered(stretch: Stretch, { lower, budget }: Lowering): LoweredStretch {
    const { start, text } = stretch;
    const before = this.met.get(text) ?? 0;
    this.met.set(text, before + 1);
    const same = this.kept.get(text) ?? [];
    if (before === 0) this.kept.delete(text);
    const known = same[before];
    if (before === 0) this.kept.set(text, same);
    if (known !== undefined) {
      budget.at = start;
      budget.spend(known.units);
      moveStretch(known, start);
      return known;
    }
    const lowered = lower(stretch, budget);
    same.push(lowered);
    this.length += text.length;
    return lowered;
  }
}
