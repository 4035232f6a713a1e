import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Settings of a workbench that starts quiet and looks the same every time. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.quickOpen.closeOnFocusLost': false, // a webview takes the focus when it likes
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'update.mode': 'none',
  'editor.minimap.enabled': false,
  'npm.fetchOnlinePackageInfo': false,
  'git.enabled': false,
};

/**
 * A fresh folder for one host: user data, extensions, server data, a workspace and a TMPDIR of its own, so that
 * no run sees another and no socket is left behind. It goes away with the process at the latest.
 */
export class RunFolder {
  readonly root: string = mkdtempSync(path.join(tmpdir(), 'widthwise-host-'));
  readonly userData: string = path.join(this.root, 'user');
  readonly extensions: string = path.join(this.root, 'extensions');
  readonly serverData: string = path.join(this.root, 'server');
  readonly temporary: string = path.join(this.root, 'tmp');
  readonly #remove = (): void => rmSync(this.root, { recursive: true, force: true });

  constructor(settings: Readonly<Record<string, unknown>> = {}) {
    process.on('exit', this.#remove);
    for (const folder of [this.extensions, this.serverData, this.temporary]) mkdirSync(folder);
    mkdirSync(path.join(this.userData, 'User'), { recursive: true });
    const text = JSON.stringify({ ...SETTINGS, ...settings });
    writeFileSync(path.join(this.userData, 'User/settings.json'), text);
  }

  /** A copy of `source` that a test may change. */
  workspace(source: string): string {
    const copy = path.join(this.root, 'workspace', path.basename(source));
    cpSync(source, copy, { recursive: true, filter: (file) => path.basename(file) !== '.widthwise' });
    return copy;
  }

  /** Environment of every process of this run; TMPDIR marks them as ours, see {@link processes}. */
  environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    return { ...process.env, EXTENSIONS_GALLERY: '{}', ...extra, TMPDIR: this.temporary };
  }

  /**
   * Removes the folder once no process of the run is left.
   *
   * @throws Error when one is still there two seconds after all were told to end; it is killed.
   */
  async close(): Promise<void> {
    for (const end = Date.now() + 2000; this.processes().length > 0 && Date.now() < end; ) await delay(50);
    const survivors = this.processes();
    for (const pid of survivors) process.kill(pid, 'SIGKILL');
    process.off('exit', this.#remove);
    this.#remove();
    if (survivors.length > 0) throw new Error(`${survivors.length} processes outlived the host`);
  }

  /** Those that carry this run's TMPDIR; none where there is no /proc to tell. */
  processes(): number[] {
    if (!existsSync('/proc/self/environ')) return [];
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => environmentOf(pid).includes(`TMPDIR=${this.temporary}\0`))
      .map(Number);
  }
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return ''; // ended meanwhile, or not ours to read
  }
}
