import { dirname } from 'node:path';
import {
  type ConfigurationProblem,
  configurationIn,
  type FoundConfiguration,
  NOTHING,
} from './find-configuration.ts';
import { ToolTables } from './tool-tables.ts';

/** The configurations of many files: those of one folder share one, and folders one that cannot be used. */
export class Configurations {
  readonly #byFolder = new Map<string, Promise<FoundConfiguration>>();
  readonly #tables = new ToolTables();

  /** @param file an absolute path */
  of(file: string): Promise<FoundConfiguration> {
    return this.#in(dirname(file));
  }

  #in(folder: string): Promise<FoundConfiguration> {
    const found = this.#byFolder.get(folder) ?? this.#find(folder);
    this.#byFolder.set(folder, found);
    return found;
  }

  async #find(folder: string): Promise<FoundConfiguration> {
    const own = await configurationIn(folder, this.#tables);
    if (own !== null) return own;
    const above = dirname(folder);
    return above === folder ? NOTHING : this.#in(above);
  }

  /** What keeps each from being used, once. */
  async problems(): Promise<readonly ConfigurationProblem[]> {
    const found = await Promise.all(this.#byFolder.values());
    const problems = found.flatMap((each) => each.problems);
    return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  }
}
