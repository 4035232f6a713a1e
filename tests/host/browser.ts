import { type Browser, chromium, type Page } from 'playwright-core';
import type { RunFolder } from './run-folder.ts';
import type { HostInstall } from './setup/install.ts';

const FLAGS = [
  '--no-sandbox', // containers run as root
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1', // nothing but this machine is reached
];

/** A headless Chromium that sees only 127.0.0.1. */
export function launchBrowser(install: HostInstall, folder: RunFolder): Promise<Browser> {
  const env = Object.fromEntries(
    Object.entries(folder.environment(install.chromiumEnv)).filter((entry) => entry[1] !== undefined),
  ) as Record<string, string>;
  return chromium.launch({ executablePath: install.chromium, args: FLAGS, env });
}

/**
 * A page of a fixed size and language, whatever the machine's locale, that waits no longer than a person would. The
 * language is what Chromium says where there is no locale (`LANG=C`): `Intl` refuses it, and our pages must not.
 */
export async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, locale: 'en-US' });
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'language', { get: () => 'en-US@posix', configurable: true }),
  );
  page.setDefaultTimeout(45_000);
  return page;
}
