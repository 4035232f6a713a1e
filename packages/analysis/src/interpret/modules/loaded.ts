import { doesMore, wordSet, wordsOf } from '../../syntax/name-words.ts';
import { everyArgument } from '../machine/given-arguments.ts';
import type { CallSite } from '../machine/interpreter.ts';
import { optionsOf } from '../values/either.ts';
import { LOADED, unreadInit } from '../values/parameter-state.ts';
import type { Update } from '../values/parameter-store.ts';
import type { Value } from '../values/value.ts';
import { type ModuleValue, namedParameters } from './modules.ts';
import { optimizersIn, resume } from './optimizer-state.ts';

/** Whoever loads weights from outside into a model that is made goes on with a run that started as any other. */
export function leaveLoaded(module: ModuleValue, { frame, span }: Pick<CallSite, 'frame' | 'span'>): void {
  setLoaded(module, frame.building ? 'strong' : 'weak', { frame, span });
}

/** Parameters that are memory of their size, whatever stands in it: what no line starts afterwards is loaded. */
export function leaveEmpty(module: ModuleValue, { frame, span }: Pick<CallSite, 'frame' | 'span'>): void {
  setLoaded(module, 'strong', { frame, span });
}

function setLoaded(
  module: ModuleValue,
  update: Update,
  { frame, span }: Pick<CallSite, 'frame' | 'span'>,
): void {
  const write = { ...unreadInit(span), by: LOADED };
  for (const { parameter } of namedParameters(module, frame))
    frame.heap.parameters.write(parameter, write, update);
}

/** What a run keeps in a file, as methods that read it are called. */
const KEPT = wordSet('raw checkpoint checkpoints ckpt state states dict run latest last best from');

/**
 * Whether a method that is not read reads what an earlier run kept, as `fabric.load_raw(path, model)` and
 * `fabric.load(path, state)`, and then does so.
 */
export function loadsKept(method: string, site: CallSite): boolean {
  const words = wordsOf(method);
  const [first, ...rest] = words;
  const isKnown = (word: string) => KEPT.has(word);
  const given = everyArgument(site.args);
  if (first !== 'load' || given.length < 2 || !rest.every(isKnown) || doesMore(words, isKnown)) return false;
  for (const module of given.flatMap(modulesIn)) leaveLoaded(module, site);
  for (const build of given.flatMap(optimizersIn)) resume(build, site.frame);
  return true;
}

/** The modules in what a call is given, or in a dict of it. */
function modulesIn(value: Value): readonly ModuleValue[] {
  return optionsOf(value).flatMap((one) => {
    if (one.kind === 'dict') return [...one.entries.values()].flatMap(modulesIn);
    return one.kind === 'object' || one.kind === 'layer' ? [one] : [];
  });
}
