/** What whoever calls looks at from time to time, as analysis has no clock and hears nothing. */
export interface Watch {
  /** In milliseconds. */
  readonly clock?: () => number;
  /** Whether nobody waits for the analysis any more. */
  readonly isUnwanted?: () => boolean;
}

/**
 * The work that reading a text may take that imports none of its neighbours, and each part of that – running
 * its code, running each of its models, judging them – in units of about a tenth of a microsecond: a step of the code
 * costs some, and so does each item, name or character that something copies, joins or goes through. The count is
 * the same on every machine, so that the same text has the same answer everywhere.
 */
const ALONE: Work = { inAll: 1_600_000, part: 1_150_000 };

/** With modules of its workspace, which are read with it. */
const AMONG_OTHERS: Work = { inAll: 4_000_000, part: 1_700_000 };

/** Of any text as long as it is being parsed: about 10,000 lines of what people write. */
const PARSED: Work = { inAll: AMONG_OTHERS.inAll, part: 500_000 };

/** A longer text may take so many times as much. */
const LONG_TEXT = { lines: 5000, times: 1.1 };

interface Work {
  readonly inAll: number;
  readonly part: number;
}

/** Far more than all of it takes on any machine, also a busy one: a net under what the count does not see. */
const MOST_MILLISECONDS = 11_000;

/** How many units pass between two looks at the watch: a few milliseconds. */
const BETWEEN_LOOKS = 20_000;

/** Each how many of them the clock is asked, which takes longer than to see whether anybody waits. */
const LOOKS_A_CLOCK = 4;

/** Evaluations, blocks and calls inside one another; JavaScript's stack holds some times more. */
const MOST_DEPTH = 640;

/** What is left of the work that one analysis may take. */
export class Budget {
  /** Where in the text the code stands that is being run. */
  at = 0;
  private used = 0;
  private depth = 0;
  private work: Work = AMONG_OTHERS;
  private left = AMONG_OTHERS.inAll;
  private besides = 0;
  /** Up to where whatever runs inside `within` may go. */
  private limit = Number.POSITIVE_INFINITY;
  private most = AMONG_OTHERS.part;
  /** What is kept of all for what comes after this part. */
  private kept = 0;
  private nextLook = BETWEEN_LOOKS;
  private looks = 0;
  private readonly watch: Watch;
  private readonly deadline: number;

  /** @param watch by which an analysis is stopped that takes far longer than its work should, or that nobody wants; without one none is */
  constructor(watch: Watch = {}) {
    this.watch = watch;
    this.deadline = (watch.clock?.() ?? 0) + MOST_MILLISECONDS;
  }

  /** A text is being parsed. */
  ofParsing(): void {
    this.may(PARSED);
  }

  /** What was parsed is a text of so many lines, which as far as is known imports none of its neighbours. */
  ofText(lines: number): void {
    const times = lines > LONG_TEXT.lines ? LONG_TEXT.times : 1;
    this.may({
      inAll: Math.min(times * ALONE.inAll, AMONG_OTHERS.inAll),
      part: Math.min(times * ALONE.part, AMONG_OTHERS.part),
    });
  }

  /** A neighbour is read with it. */
  ofOthersToo(): void {
    this.may(AMONG_OTHERS);
  }

  /** Whether a neighbour is read with it. */
  get isOfOthersToo(): boolean {
    return this.work === AMONG_OTHERS;
  }

  private may(work: Work): void {
    this.left += work.inAll - this.work.inAll;
    this.work = work;
    this.bound();
  }

  private bound(): void {
    this.most = Math.min(this.limit, this.work.part, this.left - this.kept);
  }

  /** What all parts of the work have taken so far. */
  get spent(): number {
    return this.work.inAll - this.left + this.used;
  }

  /** The same without what was done aside. */
  get counted(): number {
    return this.spent - this.besides;
  }

  /**
   * @throws OutOfBudget, which ends the analysis of the file, when there is no more work left
   * @throws Unwanted when nobody waits for it any more
   */
  spend(units: number): void {
    this.used += units;
    if (this.used > this.most) throw new OutOfBudget('work', this.at);
    if (this.used >= this.nextLook) this.look();
  }

  /** What something gives that may take so many units of what is left; undefined where it takes more. */
  within<Result>(units: number, run: () => Result): Result | undefined {
    const { limit, depth } = this;
    this.limit = Math.min(limit, this.used + units);
    this.bound();
    try {
      return run();
    } catch (error) {
      // What is over for good ends whatever is around, too.
      if (!(error instanceof OutOfBudget) || error.what === 'time') throw error;
      this.depth = depth;
      return undefined;
    } finally {
      this.limit = limit;
      this.bound();
    }
  }

  /** What something gives whose work does not count for whatever it is run inside of, but for all of the analysis. */
  aside<Result>(run: () => Result): Result {
    const { used, limit } = this;
    this.startAt(0);
    this.limit = Number.POSITIVE_INFINITY;
    this.bound();
    try {
      return run();
    } finally {
      this.besides += this.used;
      this.startAt(used);
      this.limit = limit;
      this.bound();
    }
  }

  /** Counts from there on, with all that has been used taken. */
  private startAt(used: number): void {
    this.left += used - this.used;
    this.nextLook += used - this.used;
    this.used = used;
  }

  /** What something gives that may call `stop` to be over at once; then undefined. */
  unlessStopped<Result>(run: (stop: () => never) => Result): Result | undefined {
    const { depth } = this;
    // Most are not stopped, and an error costs its stack.
    let stopped: Stopped | null = null;
    try {
      return run(() => {
        stopped = new Stopped();
        throw stopped;
      });
    } catch (error) {
      if (stopped === null || error !== stopped) throw error;
      this.depth = depth;
      return undefined;
    }
  }

  /**
   * As if nothing had been spent: another part of the work begins, or the same one anew.
   *
   * @param kept how much of all it leaves for what comes then
   */
  renew(kept = 0): void {
    this.startAt(0);
    this.kept = kept;
    this.bound();
  }

  /** So many units, or as many of them as can be kept for what comes then with a whole part left before. */
  mayKeep(units: number): number {
    return Math.max(0, Math.min(units, this.left - this.used - this.work.part));
  }

  /** Whether, with so many units taken, there is as much left for what comes then as anything may take. */
  hasLeft(units: number): boolean {
    return this.left - units >= this.work.part;
  }

  /** Whether most of this part of the work is left, so that something may be done that is not needed. */
  get hasPlenty(): boolean {
    return this.used <= this.most / 4;
  }

  /** Lets work count as done that has been done before. */
  take(units: number): void {
    this.left -= units;
  }

  /** Ends the analysis, where something is larger than any that is read. */
  refuse(): never {
    throw new OutOfBudget('work', this.at);
  }

  /** One level deeper; `leave` comes back from it. */
  enter(): void {
    if (++this.depth > MOST_DEPTH) throw new OutOfBudget('work', this.at);
  }

  leave(): void {
    this.depth--;
  }

  private look(): void {
    this.nextLook = this.used + BETWEEN_LOOKS;
    const { clock, isUnwanted } = this.watch;
    if (isUnwanted?.() === true) throw new Unwanted();
    if (clock === undefined || this.looks++ % LOOKS_A_CLOCK > 0) return;
    if (clock() > this.deadline) throw new OutOfBudget('time', this.at);
  }
}

/** Ends the analysis of a file; `analyse` turns it into what was not read. */
export class OutOfBudget extends Error {
  readonly what: 'work' | 'time';
  readonly at: number;

  constructor(what: 'work' | 'time', at: number) {
    super(`no more ${what} left`);
    this.what = what;
    this.at = at;
  }
}

/** Ends the analysis of a file that nobody waits for. */
export class Unwanted extends Error {}

/** Ends what `unlessStopped` runs, and goes no further. */
class Stopped extends Error {}
