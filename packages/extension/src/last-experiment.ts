import type { StartExperimentParams } from '@widthwise/protocol';
import type * as vscode from 'vscode';

const KEY = 'widthwise.lastExperiment';

/** Remembers what was started last beyond the life of a window, whose panel can then be brought back. */
export class LastExperiments {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  get last(): StartExperimentParams | undefined {
    return this.#memory.get<StartExperimentParams>(KEY);
  }

  async remember(experiment: StartExperimentParams): Promise<void> {
    await this.#memory.update(KEY, experiment);
  }
}
