/** The clock of whoever calls, in milliseconds; analysis has none of its own. */
export type Clock = () => number;

/**
 * The work that each part of reading one file may take – parsing it, running its code, running its models, judging them –
 * in units of about a tenth of a microsecond: a step of the code
 * costs some, and so does each item, name or character that something copies, joins or goes through. The count is
 * the same on every machine, so that the same text has the same answer everywhere.
 */
const MOST_WORK = 1_700_000;

/** What all parts of the work may take together. */
const MOST_IN_ALL = 4_000_000;

/** Far more than `MOST_WORK` takes on any machine: a net under what the count does not see. */
const MOST_MILLISECONDS = 4500;

/** How many units pass between two looks at the clock. */
const BETWEEN_LOOKS = 100_000;

/** Evaluations, blocks and calls inside one another; JavaScript's stack holds some times more. */
const MOST_DEPTH = 640;

/** What is left of the work that one analysis may take. */
export class Budget {
  /** Where in the text the code stands that is being run. */
  at = 0;
  private used = 0;
  private depth = 0;
  private most = MOST_WORK;
  private left = MOST_IN_ALL;
  private nextLook = BETWEEN_LOOKS;
  private readonly clock: Clock | null;
  private readonly deadline: number;

  constructor(clock: Clock | null = null) {
    this.clock = clock;
    this.deadline = clock === null ? 0 : clock() + MOST_MILLISECONDS;
  }

  /** What all parts of the work have taken so far. */
  get spent(): number {
    return MOST_IN_ALL - this.left + this.used;
  }

  /** @throws OutOfBudget, which ends the analysis of the file, when there is no more work left */
  spend(units: number): void {
    this.used += units;
    if (this.used > this.most) throw new OutOfBudget('work', this.at);
    if (this.used >= this.nextLook) this.look();
  }

  /** What something gives that may take so many units of what is left; undefined where it takes more. */
  within<Result>(units: number, run: () => Result): Result | undefined {
    const { most, depth } = this;
    this.most = Math.min(most, this.used + units);
    try {
      return run();
    } catch (error) {
      // What is over for good ends whatever is around, too.
      if (!(error instanceof OutOfBudget) || error.what === 'time') throw error;
      this.depth = depth;
      return undefined;
    } finally {
      this.most = Math.min(most, this.left);
    }
  }

  /** What something gives that may call `stop` to be over at once; then undefined. */
  unlessStopped<Result>(run: (stop: () => never) => Result): Result | undefined {
    const { depth } = this;
    const stopped = new Stopped();
    try {
      return run(() => {
        throw stopped;
      });
    } catch (error) {
      if (error !== stopped) throw error;
      this.depth = depth;
      return undefined;
    }
  }

  /** As if nothing had been spent: another part of the work begins, or the same one anew. */
  renew(): void {
    this.left -= this.used;
    this.used = 0;
    this.most = Math.min(MOST_WORK, this.left);
    this.nextLook = BETWEEN_LOOKS;
  }

  /** Whether, with so many units taken, there is as much left for what comes then as anything may take. */
  hasLeft(units: number): boolean {
    return this.left - units >= MOST_WORK;
  }

  /** Lets work count as done that has been done before. */
  take(units: number): void {
    this.left -= units;
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
    if (this.clock !== null && this.clock() > this.deadline) throw new OutOfBudget('time', this.at);
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

/** Ends what `unlessStopped` runs, and goes no further. */
class Stopped extends Error {}
