import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { type Mutant, mutate } from './draw.ts';
import type { Reach } from './reach.ts';
import { type Late, Suite } from './suite.ts';
import type { Answer } from './suite-worker.ts';

/** Whole tests that see the built server; the others look at the repository or at its packages. */
const WHOLE = ['tests/cli', 'tests/protocol', 'tests/rules'];
const WHOLE_LIMIT_SECONDS = 900;
/** So many times as long as without the mutant is not the load of the machine. */
const ENDLESS = 10;

/** How many seconds a test file may take, by its path. */
type Limit = (file: string) => number;

const NOTHING_FAILED: Answer = { failed: null, failedFiles: [], milliseconds: {} };

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
    const limit: Limit = (test) => 60 + (5 * time(test)) / 1000;
    this.changed.add(mutant.file);
    return this.noticed(mutant, order, limit);
  }

  /** The test of whole commands that notices, over a server that is built with the mutant. */
  async byWhole(mutant: Mutant): Promise<string | null> {
    const tests = WHOLE.flatMap((folder) =>
      readdirSync(path.join(this.copy, folder))
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => path.join(this.copy, folder, name)),
    );
    const answer = await this.planted(mutant, () => {
      const server = path.join(this.copy, 'packages/server');
      execFileSync(process.execPath, ['esbuild.mjs'], { cwd: server });
      return this.whole.ask({ changed: [], tests }, () => WHOLE_LIMIT_SECONDS);
    });
    return 'late' in answer ? endless(answer, this.copy) : answer.failed;
  }

  close(): void {
    this.unit.close();
    this.whole.close();
  }

  /** A test that fails counts if it does so again: under load some fail once, whatever the sources say. */
  private async noticed(mutant: Mutant, tests: readonly string[], limit: Limit): Promise<string | null> {
    const first = await this.answerOf(mutant, tests, limit);
    if ('late' in first) return endless(first, this.copy);
    const [file] = first.failedFiles;
    if (first.failed === null || file === undefined) return first.failed;
    const again = await this.answerOf(mutant, [file], limit);
    if ('late' in again) return endless(again, this.copy);
    return again.failed ?? this.noticed(mutant, tests.slice(tests.indexOf(file) + 1), limit);
  }

  /** A test file that is late is asked again, with time by how long it takes now without the mutant. */
  private async answerOf(mutant: Mutant, tests: readonly string[], limit: Limit): Promise<Answer | Late> {
    if (tests.length === 0) return NOTHING_FAILED;
    const changed = [...this.changed];
    const answer = await this.planted(mutant, () => this.unit.ask({ changed, tests }, limit));
    if (!('late' in answer)) return answer;
    const startedMs = performance.now();
    const unchanged = await this.unit.ask({ changed, tests: [answer.late] }, () => WHOLE_LIMIT_SECONDS);
    if ('late' in unchanged) throw new Error(`${answer.late} does not end without a mutant`);
    const seconds = (performance.now() - startedMs) / 1000;
    const rest = tests.slice(tests.indexOf(answer.late));
    return this.planted(mutant, () =>
      this.unit.ask({ changed, tests: rest }, (file) => Math.max(limit(file), ENDLESS * seconds)),
    );
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

const endless = ({ late }: Late, copy: string): string => `${path.relative(copy, late)}: does not end`;

/** The length of the folder path that two files share. */
function nearness(a: string, b: string): number {
  const [one, other] = [a.replace(/\.tsx?$/, ''), b.replace(/\.test\.tsx?$/, '')];
  const parts = one.split('/');
  const apart = other.split('/').findIndex((part, i) => part !== parts[i]);
  return apart === -1 ? parts.length + 1 : apart;
}
