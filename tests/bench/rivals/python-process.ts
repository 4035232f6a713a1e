import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** What is measured there, and of what size. */
export interface Asked {
  readonly what: 'step' | 'product' | 'eigenvalues';
  readonly size: number;
  readonly times: number;
}

/** A Python with PyTorch that is asked for one measurement after the other. */
export class PythonProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;

  constructor(python: string) {
    // The kernels that a person gets: an environment of somebody's machine may have pinned others.
    const { OPENBLAS_CORETYPE: _kernel, OPENBLAS_L2_SIZE: _cache, ...env } = process.env;
    this.#child = spawn(python, [join(import.meta.dirname, 'rivals.py')], {
      env: { ...env, TORCHDYNAMO_DISABLE: '1' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#reader = createInterface(this.#child.stdout);
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /** What computes there, in words; told once, first. */
  async name(): Promise<string> {
    const { torch, capability, blas } = JSON.parse(await this.#line());
    return `PyTorch ${torch} (${capability}), ${blas}`;
  }

  /** Seconds of the processor. */
  async measured(asked: Asked): Promise<number> {
    this.#child.stdin.write(`${JSON.stringify(asked)}\n`);
    return JSON.parse(await this.#line()).seconds;
  }

  end(): void {
    this.#reader.close();
    this.#child.stdin.end();
  }

  async #line(): Promise<string> {
    const { done, value } = await this.#lines.next();
    if (done) throw new Error('Python has ended: PyTorch, mup and NumPy have to be installed there');
    return value;
  }
}
