import { stripVTControlCharacters } from 'node:util';
import Mocha from 'mocha';

export interface TestResult {
  readonly title: string;
  /** The outermost `describe` that it stands in. */
  readonly suite: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly milliseconds: number;
  readonly error?: string;
}

export interface MochaOptions {
  /** Milliseconds that a test may take. */
  readonly timeout: number;
  /** A regular expression on the titles of the tests to run; without it, all. */
  readonly only?: string | undefined;
  report(result: TestResult): void;
}

/**
 * Runs the suites that `define` declares and reports each test as it ends. A failing hook is a failed test of its
 * own, so that a suite that could not be set up is never silent.
 */
export function runMocha(define: () => void, { timeout, report, only }: MochaOptions): Promise<TestResult[]> {
  const results: TestResult[] = [];
  const add = (test: Mocha.Runnable, state: TestResult['state'], error?: Error): void => {
    const title = test.fullTitle();
    const result = {
      title,
      suite: test.titlePath()[0]!,
      state,
      milliseconds: test.duration ?? 0,
      ...(error && { error: explain(error) }),
    };
    results.push(result);
    report(result);
  };
  class Collector extends Mocha.reporters.Base {
    constructor(runner: Mocha.Runner) {
      super(runner);
      runner.on('pass', (test) => add(test, 'passed'));
      runner.on('fail', (test, error: Error) => add(test, 'failed', error));
      runner.on('pending', (test) => add(test, 'skipped'));
    }
  }
  const mocha = new Mocha({ timeout, reporter: Collector, ...(only !== undefined && { grep: only }) });
  mocha.suite.emit('pre-require', {}, '', mocha); // binds describe, it and the hooks to this instance
  define();
  return new Promise((resolve) => {
    mocha.run(() => resolve(results));
  });
}

function explain(error: Error): string {
  return stripVTControlCharacters(error.stack ?? error.message);
}
