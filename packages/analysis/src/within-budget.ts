import { type Budget, OutOfBudget } from './budget.ts';
import type { Surroundings } from './interpret/language/loaded-modules.ts';
import type { KeptObservations } from './observe/kept-observations.ts';
import type { ObservedModel } from './observe/observed-model.ts';
import { NOTHING_SEEN, type ObservedFile, observeFile } from './observe/run-file.ts';
import type { PythonModule } from './syntax/ast.ts';
import { lineIndex } from './syntax/line-index.ts';
import type { Unread } from './unread.ts';

/** A text that is read with the work and time that there is for it, and what was left of it. */
export interface Reading {
  readonly text: string;
  readonly unread: Unread[];
  readonly budget: Budget;
}

/** What models are observed with. */
export interface ObservationSources extends Surroundings {
  readonly observations: KeptObservations;
  readonly isTried: boolean;
  readonly manner: string;
}

/**
 * The models of a file; what a run came to and could not read is noted. Where it takes too much work to follow what the
 * file imports, that is left aside.
 */
export function observed(
  module: PythonModule,
  { text, unread, budget }: Reading,
  around: ObservationSources,
): Pick<ObservedFile, 'models' | 'trained' | 'wholes' | 'configured' | 'imported'> {
  let isAlone = false;
  const [found = NOTHING_SEEN] = withinBudget(text, unread, () => {
    const whole = budget.within(Number.POSITIVE_INFINITY, () =>
      around.observations.observe(module, budget, { around, manner: around.manner, isTried: around.isTried }),
    );
    if (whole !== undefined && (whole.overworked === null || whole.models.length > 0)) return [whole];
    budget.renew();
    isAlone = budget.isOfOthersToo;
    if (isAlone) {
      const alone = budget.within(Number.POSITIVE_INFINITY, () => observeFile(module, budget));
      // A model by the base of another file is none here.
      if (alone !== undefined && (whole === undefined || alone.models.length > 0)) return [alone];
      budget.renew();
    }
    const last = observeFile(module, budget, { ...around, place: null }, { stoppedAt: null });
    return [
      last.models.length > 0 ? last : { ...last, overworked: last.overworked ?? whole?.overworked ?? null },
    ];
  });
  const { models, trained, wholes, configured, overworked, givenUp, stoppedAt, leftOut, imported } = found;
  if (isAlone && models.length > 0) unread.push({ kind: 'alone' });
  if (overworked !== null) unread.push(modelsUpTo(overworked, text));
  if (givenUp.length > 0) {
    unread.push({ kind: 'functions', line: lineIndex(text).placeOf(Math.min(...givenUp)).line });
  }
  if (stoppedAt !== null) {
    const { line } = lineIndex(text).placeOf(stoppedAt);
    unread.push({ kind: models.length > 0 ? 'script' : 'work', line });
  }
  const [first] = [...leftOut].sort((left, right) => left - right);
  if (first !== undefined) unread.push(nestingAt(first, text, around));
  return { models, trained, wholes, configured, imported };
}

/** What is found of each model, the last one first, as far as the work goes. */
export function judged<Found>(
  models: readonly ObservedModel[],
  { text, unread, budget }: Reading,
  judge: (model: ObservedModel) => readonly Found[],
): readonly Found[] {
  const found: Found[] = [];
  for (const model of models.toReversed()) {
    const judgement = withinBudget(text, unread, () => [
      budget.within(Number.POSITIVE_INFINITY, () => judge(model)),
    ]);
    const [made] = judgement;
    if (made === undefined) {
      if (judgement.length > 0) unread.push(modelsUpTo(model.span.start, text));
      break;
    }
    found.unshift(...made);
  }
  return found;
}

/** That of a file the last models alone are known. */
function modelsUpTo(start: number, text: string): Unread {
  return { kind: 'models', line: lineIndex(text).placeOf(start).line };
}

/** Where code is nested too deep to be read, in the file or in a module that it imports. */
function nestingAt(start: number, text: string, { modules }: Surroundings): Unread {
  const elsewhere = modules.around({ start, end: start });
  if (elsewhere === undefined) return { kind: 'nesting', line: lineIndex(text).placeOf(start).line };
  const { line } = lineIndex(elsewhere.text).placeOf(elsewhere.offset);
  return { kind: 'nesting', line, module: elsewhere.name };
}

/** What is found with the work and time that there is for one file; nothing where that was not enough. */
export function withinBudget<Found>(
  text: string,
  unread: Unread[],
  find: () => readonly Found[],
): readonly Found[] {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof OutOfBudget)) throw error;
    unread.push({ kind: error.what, line: lineIndex(text).placeOf(error.at).line });
    return [];
  }
}
