import process from 'node:process';

/** How long an analysis goes on between two looks at whether anybody waits for it, in ms of its thread's CPU. */
export class Slices {
  private last = 0;
  private longest = 0;

  begin(): void {
    this.last = threadMs();
    this.longest = 0;
  }

  /** At each look; somebody does wait. */
  look(): false {
    const now = threadMs();
    this.longest = Math.max(this.longest, now - this.last);
    this.last = now;
    return false;
  }

  /** The longest since the beginning, the one that ends here among them. */
  end(): number {
    this.look();
    return this.longest;
  }
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
