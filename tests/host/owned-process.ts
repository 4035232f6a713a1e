import { type ChildProcess, spawn } from 'node:child_process';

/** A process group that ends when it is told to and at the latest with this process, however this one ends. */
export class OwnedProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  #output = '';
  readonly #kill = (): void => this.#signal('SIGKILL');

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.#child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    process.on('exit', this.#kill);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-20_000);
      });
    }
    this.#ended = new Promise((resolve) => {
      this.#child.on('error', (error) => {
        this.#output += error.message;
        resolve(null);
      });
      this.#child.on('exit', (code) => resolve(code));
    });
  }

  /** The last 20,000 characters it wrote. */
  get output(): string {
    return this.#output;
  }

  get running(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves with its exit code, `null` if a signal ended it. */
  get ended(): Promise<number | null> {
    return this.#ended;
  }

  /** Asks the group to end and, after a grace of five seconds, ends it. */
  async stop(): Promise<void> {
    this.#signal('SIGTERM');
    const grace = setTimeout(this.#kill, 5000);
    await this.#ended;
    clearTimeout(grace);
    this.#kill(); // whoever of the group outlived its leader
    process.off('exit', this.#kill);
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // The group is gone.
    }
  }
}

/** Makes Ctrl-C, a closed terminal and `kill` end this process in order, with its exit handlers run. */
export function endInOrder(): void {
  process.on('SIGINT', () => process.exit(130));
  process.on('SIGTERM', () => process.exit(143));
  process.on('SIGHUP', () => process.exit(129));
}
