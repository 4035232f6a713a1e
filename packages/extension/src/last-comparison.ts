import type { ComparisonConfig } from '@widthwise/protocol';
import type * as vscode from 'vscode';

/** What was compared last in this workspace. */
export interface LastComparison {
  readonly config: ComparisonConfig;
  /** URI of the workspace folder that it was for. */
  readonly folder?: string;
}

const KEY = 'widthwise.lastComparison';

/** Remembers what was compared last beyond the life of a window, whose panel can then be brought back. */
export class LastComparisons {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  get last(): LastComparison | undefined {
    return this.#memory.get<LastComparison>(KEY);
  }

  async remember(comparison: LastComparison): Promise<void> {
    await this.#memory.update(KEY, comparison);
  }
}
