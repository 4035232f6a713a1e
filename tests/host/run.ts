import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { endInOrder } from './owned-process.ts';
import { bundleSuite, examples, extensionFolder, packageExtension } from './product.ts';
import { RunFolder } from './run-folder.ts';
import { runMocha, type TestResult } from './run-mocha.ts';
import { type HostInstall, installHost, UnsupportedHost } from './setup/install.ts';
import { uiSuites } from './ui/index.ts';

const { E2E_HOST, VSCODE_EXECUTABLE_PATH } = process.env;
const desktop = E2E_HOST === 'desktop';

/** Runs the suite inside VS Code's extension host and returns its results, read from the file it leaves. */
async function inHostSuite(): Promise<TestResult[]> {
  const folder = new RunFolder();
  const results = path.join(folder.root, 'results.json');
  const suite = await bundleSuite();
  const log = createWriteStream(path.join(path.dirname(suite), 'extension-host.log'));
  const executable = VSCODE_EXECUTABLE_PATH ?? path.join(import.meta.dirname, 'shim.ts');
  const run = runTests({
    ...(!desktop && { vscodeExecutablePath: executable }),
    extensionDevelopmentPath: extensionFolder,
    extensionTestsPath: suite,
    stdout: log,
    stderr: log,
    extensionTestsEnv: { WIDTHWISE_RESULTS: results },
    launchArgs: [
      folder.workspace(examples),
      `--user-data-dir=${folder.userData}`,
      `--extensions-dir=${folder.extensions}`,
      '--disable-extensions',
    ],
  });
  const broken = await run.then(
    () => null,
    (error: Error) => error.message,
  );
  log.end();
  const outcome = existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as TestResult[]) : [];
  await folder.close();
  if (outcome.length === 0 || (broken !== null && outcome.every(({ state }) => state !== 'failed'))) {
    outcome.push({
      title: 'the extension host ends in order',
      suite: 'the extension host',
      state: 'failed',
      milliseconds: 0,
      error: `${broken ?? 'It left no results'}; its log is ${log.path}`,
    });
  }
  outcome.forEach(print);
  return outcome;
}

/**
 * Drives the workbench with a browser, the packaged extension installed. What fails has one more try, its whole suite
 * in a workbench of its own, and that is printed: on a busy machine the editor loses a key or a second now and then.
 */
async function uiSuite(install: HostInstall, vsix: string, only: string | undefined): Promise<TestResult[]> {
  const drive = (titles: string | undefined): Promise<TestResult[]> =>
    runMocha(() => uiSuites({ install, vsix }), { timeout: 240_000, report: print, only: titles });
  const results = await drive(only);
  const failed = new Set(results.filter(({ state }) => state === 'failed').map(({ suite }) => suite));
  if (failed.size === 0 || failed.size > MOST_TRIED_AGAIN) return results;
  console.log(`once more: ${[...failed].join('; ')}`);
  const again = await drive(`^(${[...failed].map(RegExp.escape).join('|')}) `);
  return [...results.filter(({ suite }) => !failed.has(suite)), ...again];
}

/** More suites than this fail for a reason that a second try does not mend. */
const MOST_TRIED_AGAIN = 2;

function print(result: TestResult): void {
  const mark = { passed: 'ok  ', failed: 'FAIL', skipped: 'SKIP' }[result.state];
  console.log(`  ${mark} ${result.title} (${result.milliseconds} ms)`);
  if (result.error !== undefined) console.log(`${result.error.replace(/^/gm, '       ')}`);
}

/** `node tests/host/run.ts [suite | ui [EXPRESSION]]`. */
async function main(only?: string, title?: string): Promise<number> {
  const install = desktop ? undefined : await installHost(console.log);
  console.log('host: building and packaging the extension');
  const vsix = await packageExtension();
  const results: TestResult[] = [];
  if (only !== 'ui') {
    console.log('in the extension host');
    results.push(...(await inHostSuite()));
  }
  if (install === undefined) {
    console.log('The interface suite drives the VS Code server of Linux x64: a desktop run goes without it.');
  } else if (only !== 'suite') {
    console.log('in the workbench');
    results.push(...(await uiSuite(install, vsix, title)));
  }
  const count = (state: TestResult['state']): number =>
    results.filter((result) => result.state === state).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  return count('failed') + count('skipped') === 0 && count('passed') > 0 ? 0 : 1;
}

endInOrder();
try {
  process.exitCode = await main(process.argv[2], process.argv[3]);
} catch (error) {
  const unsupported = error instanceof UnsupportedHost;
  const { message, stack = message } = error as Error;
  console.error(unsupported ? message : stack);
  if (!unsupported) console.log('0 passed, 1 failed, 0 skipped');
  process.exitCode = unsupported ? 2 : 1;
}
