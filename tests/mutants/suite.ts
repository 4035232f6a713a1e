import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Answer, Ask, Begun } from './suite-worker.ts';

/** Until the first file has its turn; no mutant has been loaded by then. */
const START_SECONDS = 3600;

/** A test file that did not come to its end in its time. */
export interface Late {
  readonly late: string;
}

/** The tests of a checkout, unit or whole, kept warm in one process of their own, which can be ended when a mutant runs forever. */
export class Suite {
  private child: ChildProcess | null = null;
  private readonly root: string;
  private readonly mode: 'reach' | 'unit' | 'whole';

  constructor(root: string, mode: 'reach' | 'unit' | 'whole') {
    this.root = root;
    this.mode = mode;
  }

  /**
   * The answer, or the test file that does not come to its end.
   *
   * @param limit how many seconds a file may take, by its path
   */
  async ask(question: Ask, limit: (file: string) => number): Promise<Answer | Late> {
    const child = await this.started();
    return new Promise((resolve, reject) => {
      let late: NodeJS.Timeout | undefined;
      const done = (): void => {
        clearTimeout(late);
        child.removeAllListeners();
      };
      const give = (seconds: number, file: string | null): void => {
        clearTimeout(late);
        late = setTimeout(() => {
          done();
          this.close();
          if (file === null) reject(new Error('the tests do not start'));
          else resolve({ late: file });
        }, seconds * 1000);
      };
      child.on('message', (said: Begun | Answer) => {
        if ('begun' in said) return give(limit(said.begun), said.begun);
        done();
        resolve(said);
      });
      child.once('exit', (code) => {
        done();
        this.child = null;
        reject(new Error(`the tests ended with code ${code}`));
      });
      give(START_SECONDS, null);
      child.send(question);
    });
  }

  close(): void {
    this.child?.kill('SIGKILL');
    this.child = null;
  }

  private async started(): Promise<ChildProcess> {
    if (this.child) return this.child;
    const script = path.join(import.meta.dirname, 'suite-worker.ts');
    const child = fork(script, [this.root, this.mode], {
      cwd: this.root,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.child = child;
    process.once('exit', () => child.kill('SIGKILL'));
    await new Promise((resolve) => child.once('message', resolve));
    return child;
  }
}
