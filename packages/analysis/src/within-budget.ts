import { type Budget, OutOfBudget } from './budget.ts';
import type { Surroundings } from './interpret/language/loaded-modules.ts';
import type { KeptObservations } from './observe/kept-observations.ts';
import type { ObservedModel } from './observe/observed-model.ts';
import { NOTHING_SEEN, type ObservedFile, observeFile } from './observe/run-file.ts';
import type { PythonModule } from './syntax/ast.ts';
import { lineIndex } from './syntax/line-index.ts';
import type { Span } from './syntax/span.ts';
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
 * file imports, that is left aside, for all of its models or those that are not reached.
 */
export function observed(
  module: PythonModule,
  { text, unread, budget }: Reading,
  around: ObservationSources,
): Pick<ObservedFile, 'models' | 'trained' | 'wholes' | 'configured' | 'imported'> {
  const [{ found, alone } = { found: NOTHING_SEEN, alone: null }] = withinBudget(text, unread, () => [
    asFarAsReached(module, budget, around),
  ]);
  const { models, trained, wholes, configured, overworked, givenUp, stoppedAt, leftOut, imported } = found;
  if (alone === 'all' && models.length > 0) unread.push({ kind: 'alone' });
  else if (alone !== null && alone !== 'all')
    unread.push({ kind: 'models-alone', line: lineIndex(text).placeOf(alone.start).line });
  if (overworked !== null) unread.push(modelsUpTo(overworked.start, text));
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

/** What is found of a file, and what of it is read without others: nothing, all, or its models up to a place. */
interface AsRead {
  readonly found: ObservedFile;
  readonly alone: null | 'all' | Span;
}

function asFarAsReached(module: PythonModule, budget: Budget, around: ObservationSources): AsRead {
  const whole = budget.within(Number.POSITIVE_INFINITY, () =>
    around.observations.observe(module, budget, { around, manner: around.manner, isTried: around.isTried }),
  );
  if (whole !== undefined && whole.overworked === null) return { found: whole, alone: null };
  budget.renew();
  const alone = budget.isOfOthersToo ? readAlone(module, budget) : undefined;
  if (whole !== undefined && whole.models.length > 0) return withNotReached(whole, alone);
  // A model by the base of another file is none here.
  if (alone !== undefined && (whole === undefined || alone.models.length > 0))
    return { found: alone, alone: 'all' };
  budget.renew();
  const last = observeFile(module, budget, { ...around, place: null }, { stoppedAt: null });
  const overworked =
    last.models.length > 0 ? last.overworked : (last.overworked ?? whole?.overworked ?? null);
  return { found: { ...last, overworked }, alone: budget.isOfOthersToo ? 'all' : null };
}

/** A file with the models that are not reached where it is read with others, as they are by themselves. */
function withNotReached(whole: ObservedFile, alone: ObservedFile | undefined): AsRead {
  const { overworked } = whole;
  const models = alone?.models.filter(({ span }) => overworked !== null && span.start < overworked.end) ?? [];
  if (alone === undefined || models.length === 0) return { found: whole, alone: null };
  return {
    found: { ...whole, models: [...models, ...whole.models], overworked: alone.overworked },
    alone: overworked,
  };
}

function readAlone(module: PythonModule, budget: Budget): ObservedFile | undefined {
  return budget.within(Number.POSITIVE_INFINITY, () => observeFile(module, budget));
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
