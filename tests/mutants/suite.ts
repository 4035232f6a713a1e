import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Answer, Ask } from './suite-worker.ts';

/** The tests of a checkout, unit or whole, kept warm in one process of their own, which can be ended when a mutant runs forever. */
export class Suite {
  private child: ChildProcess | null = null;
  private readonly root: string;
  private readonly mode: 'reach' | 'unit' | 'whole';

  constructor(root: string, mode: 'reach' | 'unit' | 'whole') {
    this.root = root;
    this.mode = mode;
  }

  /** The answer, or `null` when there is none within the limit. */
  async ask(question: Ask, limitSeconds: number): Promise<Answer | null> {
    const child = await this.started();
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.close();
        resolve(null);
      }, limitSeconds * 1000);
      const done = (): void => {
        clearTimeout(late);
        child.removeAllListeners();
      };
      child.once('message', (answer) => {
        done();
        resolve(answer as Answer);
      });
      child.once('exit', (code) => {
        done();
        this.child = null;
        if (code === null) return;
        reject(new Error(`the tests ended with code ${code}`));
      });
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
