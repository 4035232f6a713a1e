import type { Budget } from '../budget.ts';
import type { Surroundings } from '../interpret/language/loaded-modules.ts';
import type { PythonModule, Statement } from '../syntax/ast.ts';
import { writtenNames } from '../syntax/written-names.ts';
import { Questions } from './questions.ts';
import { type ObservedFile, observeFile } from './run-file.ts';
import { mayBeSpared, sparedIn } from './spared.ts';

/** A file as it was observed, and all that this rests on. */
interface Kept {
  readonly path: string;
  readonly module: PythonModule;
  /** The names of definitions that may stand there otherwise. */
  readonly spared: ReadonlySet<string>;
  /** The words by which one would not be spared. */
  readonly reaching: ReadonlySet<string>;
  readonly questions: Questions;
  /** How the file is read, beside what stands in it and around it. */
  readonly manner: string;
  readonly seen: ObservedFile;
  readonly units: number;
  /** Whether modules beside the file were read for it. */
  readonly readsOthers: boolean;
  /** Whether it was only tried, as a fix is. */
  readonly isTried: boolean;
}

/** As many files as somebody edits by turns, and texts of one between which somebody goes to and fro. */
const MOST_KEPT = 8;
const MOST_OF_FILE = 3;
const MOST_TRIED = 2;

/**
 * What was observed of the texts that were analysed last, of a file those before some key, too: what is typed and taken back,
 * or tried as a fix and then made, is known. A file in which nothing has changed that this rests on is not run
 * again: its models are the same objects, whose spans have been moved to where their code stands now.
 */
export class KeptObservations {
  /** The last first. */
  private kept: readonly Kept[] = [];

  /**
   * What observing a module gives, for the work that it takes.
   *
   * @param manner by which the same code may show something else, in a text
   * @throws OutOfBudget when it takes more work than there is
   */
  observe(
    module: PythonModule,
    budget: Budget,
    { around, manner, isTried }: Pick<Now, 'around'> & Pick<Kept, 'manner' | 'isTried'>,
  ): ObservedFile {
    const path = around.place?.path ?? '';
    const known = this.kept.find((one) => one.path === path && isAlike(one, { module, around, manner }));
    if (known !== undefined) {
      if (known.readsOthers) budget.ofOthersToo();
      if (budget.hasLeft(known.units)) {
        budget.take(known.units);
        this.keep({ ...known, module, isTried: known.isTried && isTried }, known);
        return known.seen;
      }
    }
    const questions = new Questions();
    const before = budget.spent;
    const seen = observeFile(module, budget, { ...around, ...questions.heard(around) });
    const units = budget.spent - before;
    const { reaching } = seen;
    if (reaching !== null && isWhole(seen) && budget.hasLeft(0)) {
      const spared = sparedIn(module, reaching);
      const readsOthers = budget.isOfOthersToo;
      this.keep({ path, module, spared, reaching, questions, manner, seen, units, readsOthers, isTried });
    }
    return seen;
  }

  private keep(kept: Kept, before?: Kept): void {
    const others = this.kept.filter((one) => one !== before);
    const isLike = ({ path, isTried }: Kept) => path === kept.path && isTried === kept.isTried;
    const older = others.filter(isLike).slice((kept.isTried ? MOST_TRIED : MOST_OF_FILE) - 1);
    this.kept = [kept, ...others.filter((one) => !older.includes(one))].slice(0, MOST_KEPT);
  }
}

interface Now extends Pick<Kept, 'module' | 'manner'> {
  readonly around: Surroundings;
}

/** Whether a module shows what another one did. */
function isAlike(known: Kept, { module, around, manner }: Now): boolean {
  const before = known.module;
  return (
    known.manner === manner &&
    (around.trains === null || before.broken === module.broken) &&
    before.body.length === module.body.length &&
    module.body.every((statement, at) => mayReplace(statement, before.body[at], known)) &&
    module.rebound.size === before.rebound.size &&
    [...module.rebound].every((name) => before.rebound.has(name)) &&
    writesAlike(before.body, module.body) &&
    known.questions.isAnsweredAlike(around)
  );
}

function mayReplace(now: Statement, before: Statement | undefined, { spared, reaching }: Kept): boolean {
  if (now === before) return true;
  if (!mayBeSpared(now, reaching) || before?.kind !== now.kind) return false;
  return before.name === now.name && spared.has(now.name);
}

/** Whether two texts set the same of what they import and of what has a name at their top. */
function writesAlike(before: readonly Statement[], now: readonly Statement[]): boolean {
  if (now.every((statement, at) => statement === before[at])) return true;
  return JSON.stringify(writtenNames(before)) === JSON.stringify(writtenNames(now));
}

/** Whether nothing was left out, at a place that is only a number. */
function isWhole({ overworked, givenUp, leftOut }: ObservedFile): boolean {
  return overworked === null && givenUp.length === 0 && leftOut.length === 0;
}
