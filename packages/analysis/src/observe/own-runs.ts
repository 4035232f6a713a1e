import type { Frame } from '../interpret/machine/interpreter.ts';
import type { PythonModule } from '../syntax/ast.ts';
import { wordsIn } from '../syntax/words-in.ts';
import { type ModuleRuns, runModule } from './run-module.ts';
import { mayChangeModels, runConstants } from './run-top.ts';

/** How a file is read once more whose code takes more work than there is: loops over data go round as often as they may. */
export interface ReadAgain {
  /** Where running it stopped even so, after which its models are read alone. */
  readonly stoppedAt: number | null;
}

/** The runs of the file's own code; none where it stops in them, or has stopped before and may make any others of its models. */
export function ownRuns(
  { body }: PythonModule,
  file: Frame,
  again: ReadAgain | null,
): ModuleRuns & ReadAgain {
  const stoppedAt = again?.stoppedAt ?? null;
  const made = stoppedAt === null ? runModule(body, file) : runConstants(body, file);
  const [first] = made.runs;
  if (stoppedAt === null)
    return first?.stoppedAt === undefined
      ? { ...made, stoppedAt }
      : { ...made, runs: [], stoppedAt: first.stoppedAt };
  return mayChangeModels(body, file) ? { ...made, runs: [], stoppedAt } : { ...made, stoppedAt };
}

/** By what code comes to attributes whose names it computes, as of the number of a round. */
const BY_WORDS: readonly string[] = [
  'setattr',
  'getattr',
  'get_submodule',
  'get_parameter',
  '__setattr__',
  '__dict__',
  'vars',
  'exec',
  'add_module',
  'register_module',
  'register_parameter',
];

/** Whether rounds are joined: not where code comes to an attribute by a name that it does not write out. */
export function mayJoinRounds({ body }: PythonModule, again: ReadAgain | null): boolean {
  if (again === null) return false;
  const words = wordsIn(body);
  return !BY_WORDS.some((word) => words.has(word));
}
