import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { type Mutant, mutate } from './draw.ts';
import type { Reach } from './reach.ts';
import { Suite } from './suite.ts';

/** Whole tests that see the built server; the others look at the repository or at its packages. */
const WHOLE = ['tests/cli', 'tests/protocol', 'tests/rules'];
const WHOLE_LIMIT_SECONDS = 900;

/** Plants mutants in a copy, one at a time, and asks the tests. */
export class Judge {
  private readonly copy: string;
  private readonly reach: Reach;
  private readonly unit: Suite;
  private readonly whole: Suite;
  /** Files that the suite may hold in an older text. */
  private readonly changed = new Set<string>();

  constructor(copy: string, reach: Reach) {
    this.copy = copy;
    this.reach = reach;
    this.unit = new Suite(copy, 'unit');
    this.whole = new Suite(copy, 'whole');
  }

  /** The unit test that notices, of those that reach the place: the nearest first, then the quickest. */
  async byUnit(mutant: Mutant, tests: readonly string[]): Promise<string | null> {
    if (tests.length === 0) return null;
    const time = (test: string): number => this.reach.milliseconds[test] ?? 0;
    const order = [...tests].sort(
      (a, b) => nearness(mutant.file, b) - nearness(mutant.file, a) || time(a) - time(b),
    );
    // Loading is not in the time of a file.
    const limit = (test: string): number => 60 + (5 * time(test)) / 1000;
    this.changed.add(mutant.file);
    return this.planted(mutant, () => ask(this.unit, [...this.changed], order, limit));
  }

  /** The test of whole commands that notices, over a server that is built with the mutant. */
  async byWhole(mutant: Mutant): Promise<string | null> {
    const tests = WHOLE.flatMap((folder) =>
      readdirSync(path.join(this.copy, folder))
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => path.join(this.copy, folder, name)),
    );
    return this.planted(mutant, () => {
      const server = path.join(this.copy, 'packages/server');
      execFileSync(process.execPath, ['esbuild.mjs'], { cwd: server });
      return ask(this.whole, [], tests, () => WHOLE_LIMIT_SECONDS);
    });
  }

  close(): void {
    this.unit.close();
    this.whole.close();
  }

  private async planted<T>(mutant: Mutant, look: () => Promise<T>): Promise<T> {
    const source = readFileSync(mutant.file, 'utf8');
    writeFileSync(mutant.file, mutate(source, mutant));
    try {
      return await look();
    } finally {
      writeFileSync(mutant.file, source);
    }
  }
}

async function ask(
  suite: Suite,
  changed: readonly string[],
  tests: readonly string[],
  limit: (file: string) => number,
): Promise<string | null> {
  const answer = await suite.ask({ changed, tests }, limit);
  return answer ? answer.failed : 'a test that does not end';
}

/** The length of the folder path that two files share. */
function nearness(a: string, b: string): number {
  const [one, other] = [a.replace(/\.tsx?$/, ''), b.replace(/\.test\.tsx?$/, '')];
  const parts = one.split('/');
  const apart = other.split('/').findIndex((part, i) => part !== parts[i]);
  return apart === -1 ? parts.length + 1 : apart;
}
