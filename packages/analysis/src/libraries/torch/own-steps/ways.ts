import { isSame, type Magnitude, ONE, over } from './magnitude.ts';

/** More ways through a step than are gone. */
const MOST_WAYS = 64;

/** Which way is gone where a condition is not known: each in turn, and the same at one place. */
export class Ways {
  private taken: boolean[] = [];
  private at = 0;
  private rounds = 0;
  private decided = new Map<unknown, boolean>();

  /** Whether a condition holds on this way. */
  choose(condition: unknown): boolean {
    const before = this.decided.get(condition);
    if (before !== undefined) return before;
    const chosen = this.taken[this.at] ?? true;
    this.taken[this.at] = chosen;
    this.at++;
    this.decided.set(condition, chosen);
    return chosen;
  }

  /** Whether one length is larger than another, as it has been before on this way; null of what has one size. */
  isLarger(left: Magnitude, right: Magnitude): boolean | null {
    const ratio = over(left, right);
    if (isSame(ratio, ONE)) return null;
    const key = (one: Magnitude) => Object.values(one).join();
    const opposite = this.decided.get(key(over(right, left)));
    return opposite === undefined ? this.choose(key(ratio)) : !opposite;
  }

  /** Goes on to the next way; answers whether there is one. */
  next(): boolean {
    this.taken.length = this.at;
    while (this.taken.at(-1) === false) this.taken.pop();
    if (this.taken.length === 0) return false;
    this.taken[this.taken.length - 1] = false;
    this.at = 0;
    this.decided = new Map();
    this.rounds++;
    return true;
  }

  /** Whether more ways have been gone than a step is thought to have. */
  get isEndless(): boolean {
    return this.rounds >= MOST_WAYS;
  }
}
