import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Reporter, TestCase, TestModule, TestSpecification } from 'vitest/node';

/** What the parent asks for: these test files in this order, until one fails. */
export interface Ask {
  readonly changed: readonly string[];
  /** Empty for all. */
  readonly tests: readonly string[];
}

/** A test file whose turn it is now. */
export interface Begun {
  readonly begun: string;
}

export interface Answer {
  /** The first test that failed, by its file and sentence. */
  readonly failed: string | null;
  /** Every file with a test that failed, or that does not load. */
  readonly failedFiles: readonly string[];
  readonly milliseconds: Readonly<Record<string, number>>;
}

const [, , root, mode] = process.argv;
// The tests' own vitest: two copies in one process do not know of each other's suites.
const own = createRequire(path.join(root!, 'package.json')).resolve('vitest/node');
const { BaseSequencer, createVitest }: typeof import('vitest/node') = await import(pathToFileURL(own).href);

let order: readonly string[] = [];
const rank = (specification: TestSpecification): number => order.indexOf(specification.moduleId);

/** Keeps the order of the question: the nearest tests first. */
class AsAsked extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return [...files].sort((a, b) => rank(a) - rank(b));
  }
}

/** Keeps the first failure of a run: a module that was not run keeps the state of an earlier run, which is not asked. */
class FirstFailure implements Reporter {
  failed: string | null = null;
  files: string[] = [];

  onTestModuleQueued(module: TestModule): void {
    process.send?.({ begun: module.moduleId } satisfies Begun);
  }

  onTestCaseResult(test: TestCase): void {
    if (test.result().state === 'failed') this.failed ??= `${test.module.relativeModuleId}: ${test.fullName}`;
  }

  onTestModuleEnd(module: TestModule): void {
    if (module.state() !== 'failed') return;
    this.files.push(module.moduleId);
    this.failed ??= `${module.relativeModuleId}: ${module.errors()[0]?.message ?? 'does not load'}`;
  }
}

const first = new FirstFailure();
const vitest = await createVitest('test', {
  root: root!,
  project: [mode === 'whole' ? 'whole' : 'unit'],
  watch: false,
  pool: 'threads',
  maxWorkers: 1,
  silent: true,
  // A mutant is given its time as a whole; under load a single test may take long.
  testTimeout: 600_000,
  reporters: [first],
  // Unit tests may share what they import.
  isolate: mode === 'whole',
  bail: mode === 'reach' ? 0 : 1,
  sequence: { sequencer: AsAsked },
});
process.on('message', async (ask: Ask) => {
  for (const file of ask.changed) vitest.invalidateFile(file);
  const all = await vitest.globTestSpecifications();
  order = ask.tests;
  const chosen =
    order.length === 0 ? all : all.filter((specification) => order.includes(specification.moduleId));
  first.failed = null;
  first.files = [];
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(chosen, false);
  const unhandled = unhandledErrors.length > 0 ? 'an error outside every test' : null;
  const milliseconds = Object.fromEntries(
    testModules.map((module) => [module.moduleId, module.diagnostic().duration]),
  );
  process.send?.({
    failed: first.failed ?? unhandled,
    failedFiles: first.files,
    milliseconds,
  } satisfies Answer);
});
process.send?.('ready');
