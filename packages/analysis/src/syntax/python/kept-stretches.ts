import type { Budget } from '../../budget.ts';
import { counted, type LoweredStretch, moveStretch, type Standing, sayingAs } from './lowered-stretch.ts';
import type { Stretch } from './stretches.ts';

/** How much text is kept lowered beside that of the last module. */
const MOST_KEPT = 2_000_000;

/** Of how many files the last module is known, those that were parsed last. */
const MOST_FILES = 8;

interface Lowering {
  readonly lower: (stretch: Stretch, budget: Budget) => LoweredStretch;
  readonly budget: Budget;
}

/** Of which file a module is, and whether it is one that somebody tries, so that the one before it is still the last. */
export interface Standpoint {
  readonly file: string;
  readonly isTried: boolean;
}

/** A stretch of a module, and what it says. */
interface KeptStretch {
  readonly text: string;
  readonly lowered: LoweredStretch;
}

/**
 * The stretches of texts as they were lowered, so that what has not changed is not lowered again. One that comes in the
 * place of another and says the same, as where somebody writes a comment, has the statements of that one.
 */
export class KeptStretches {
  /** By their text; one that stands in a module several times is there as often. */
  private readonly kept = new Map<string, LoweredStretch[]>();
  private length = 0;
  /** Those of the last module of each file. */
  private readonly last = new Map<string, readonly KeptStretch[]>();

  /** The stretches of a module, each for the work that it took when it was lowered. */
  lowered(
    stretches: readonly Stretch[],
    { file, isTried, ...lowering }: Lowering & Standpoint,
  ): readonly LoweredStretch[] {
    this.makeRoom();
    const replaced = replacedBy(stretches, this.last.get(file) ?? []);
    const module: Module = { met: new Map(), standing: new Set() };
    let count = 0;
    const now = stretches.map((stretch, at) => {
      const lowered = this.one(stretch, { module, lowering, replaced: replaced(at) });
      module.standing.add(lowered.standing);
      count = counted(count, lowered, lowering.budget);
      return { text: stretch.text, lowered };
    });
    if (!isTried) this.keepLast(file, now);
    return now.map(({ lowered }) => lowered);
  }

  private keepLast(file: string, stretches: readonly KeptStretch[]): void {
    this.last.delete(file);
    this.last.set(file, stretches);
    const [oldest] = this.last.keys();
    if (this.last.size > MOST_FILES && oldest !== undefined) this.last.delete(oldest);
  }

  /** What was not asked for longest goes. */
  private makeRoom(): void {
    for (const [text, same] of this.kept) {
      if (this.length <= MOST_KEPT) break;
      this.kept.delete(text);
      this.length -= text.length * same.length;
    }
  }

  private one(
    stretch: Stretch,
    { module, lowering, replaced }: Present & { readonly replaced: LoweredStretch | undefined },
  ): LoweredStretch {
    const { start, text } = stretch;
    const { lower, budget } = lowering;
    const before = module.met.get(text) ?? 0;
    module.met.set(text, before + 1);
    const same = this.kept.get(text) ?? [];
    if (before === 0) this.kept.delete(text);
    const known = same[before];
    if (before === 0) this.kept.set(text, same);
    if (known !== undefined && !module.standing.has(known.standing)) {
      budget.at = start;
      budget.spend(known.units);
      moveStretch(known, start);
      return known;
    }
    const fresh = lower(stretch, budget);
    const isFree = replaced !== undefined && !module.standing.has(replaced.standing);
    const lowered = isFree ? sayingAs(replaced, fresh) : fresh;
    if (known === undefined) this.length += text.length;
    same[before] = lowered;
    return lowered;
  }
}

/** The module that is being lowered: how often it has had each text, and which statements stand in it. */
interface Module {
  readonly met: Map<string, number>;
  readonly standing: Set<Standing>;
}

interface Present {
  readonly module: Module;
  readonly lowering: Lowering;
}

/** Which stretch of an earlier module stood where one stands now, where some have changed and none has come or gone. */
function replacedBy(
  now: readonly Stretch[],
  before: readonly KeptStretch[],
): (at: number) => LoweredStretch | undefined {
  if (now.length !== before.length) return () => undefined;
  return (at) => (now[at]?.text === before[at]?.text ? undefined : before[at]?.lowered);
}
