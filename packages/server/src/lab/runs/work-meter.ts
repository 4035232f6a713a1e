/** How much of a plan is done, by work and not by count: a wide run weighs more than many narrow ones. */
export class WorkMeter {
  private readonly flops: number[];
  /** The part of each run that is done, by index. */
  private readonly parts: number[];
  private readonly startedMs: number = performance.now();
  private readonly expectedPerSecond: number;
  private stored = 0;

  /** @param expectedPerSecond operations a second of all threads together, believed until enough is measured */
  constructor(flops: readonly number[], expectedPerSecond: number) {
    this.flops = [...flops];
    this.parts = flops.map(() => 0);
    this.expectedPerSecond = expectedPerSecond;
  }

  /** More runs than were expected. */
  add(flops: readonly number[]): void {
    this.flops.push(...flops);
    this.parts.push(...flops.map(() => 0));
  }

  /** A part of a run in [0, 1] is done; one that the store had took no time. */
  reach(index: number, part: number, origin: 'computed' | 'store' = 'computed'): void {
    this.parts[index] = part;
    if (origin === 'store') this.stored += this.flops[index]!;
  }

  /** The part of the whole that is done, in [0, 1]. */
  share(): number {
    const total = this.flops.reduce((sum, each) => sum + each, 0);
    return total === 0 ? 1 : this.done() / total;
  }

  secondsLeft(): number {
    const elapsed = (performance.now() - this.startedMs) / 1000;
    const computed = this.done() - this.stored;
    // The expectation counts like five seconds of measurement.
    const perSecond = (computed + 5 * this.expectedPerSecond) / (elapsed + 5);
    return (this.flops.reduce((sum, each) => sum + each, 0) - this.done()) / perSecond;
  }

  private done(): number {
    return this.flops.reduce((sum, each, index) => sum + each * this.parts[index]!, 0);
  }
}
