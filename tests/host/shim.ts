#!/usr/bin/env node
import path from 'node:path';
import { format, parseArgs } from 'node:util';
import { launchBrowser, openPage } from './browser.ts';
import { endInOrder } from './owned-process.ts';
import { RunFolder } from './run-folder.ts';
import { installHost } from './setup/install.ts';
import { startServer } from './vscode-server.ts';

/** How long the in-host suite may take before it counts as hung. */
const LIMIT_MS = 180_000;

/**
 * Stands in for desktop VS Code: takes the arguments `@vscode/test-electron` gives it and runs the same tests in the
 * extension host of VS Code's server, opened in a headless browser. Its exit code is the suite's. Profile folders
 * are its own and fresh, whatever the arguments say.
 */
async function runInServer(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
  });
  const { extensionDevelopmentPath, extensionTestsPath } = values;
  const folder = new RunFolder();
  const install = await installHost(console.error);
  const server = await startServer(install.serverMain, folder);
  const browser = await launchBrowser(install, folder);
  const page = await openPage(browser);
  const exit = Promise.withResolvers<number>();
  await page.exposeFunction('codeAutomationExit', (code: number) => exit.resolve(code));
  await page.exposeFunction('codeAutomationLog', (_type: string, line: unknown[]) =>
    console.log(format(...line)),
  );
  const remote = (file: unknown): string =>
    `vscode-remote://${server.authority}${encodeURI(path.resolve(String(file)))}`;
  const payload = [
    ['extensionDevelopmentPath', remote(extensionDevelopmentPath)],
    ['extensionTestsPath', remote(extensionTestsPath)],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({
    folder: path.resolve(positionals[0] ?? '.'),
    payload: JSON.stringify(payload),
  });
  const hung = setTimeout(() => {
    console.error(`The suite did not end within ${LIMIT_MS / 1000} s.\n${server.output}`);
    exit.resolve(124);
  }, LIMIT_MS);
  await page.goto(`http://${server.authority}/?${query}`);
  const code = await exit.promise;
  clearTimeout(hung);
  await browser.close();
  await server.stop();
  await folder.close();
  return code;
}

endInOrder();
// The pipe from the runner closes with the runner, however it ended: then nobody waits for this any more.
process.stdin.on('end', () => process.exit(129)).resume();
process.exit(await runInServer(process.argv.slice(2)));
