import { wordsOf } from '../../syntax/name-words.ts';
import { isModuleClass } from '../machine/classes.ts';
import { everyArgument } from '../machine/given-arguments.ts';
import type { CallSite, Frame } from '../machine/interpreter.ts';
import { list } from '../values/containers.ts';
import type { Value } from '../values/value.ts';
import { leaveUnread, optimizersIn } from './optimizer-state.ts';

/** By its first word, what wraps what it is handed for training and gives it back in that order. */
const GIVES_BACK: ReadonlySet<string> = new Set(['prepare', 'setup']);

/**
 * What `prepare(model, optimizer)` and its like give that are not read: what they were given, each in a wrapper that
 * passes on what is written to it. Undefined where no optimizer is among it.
 */
export function givenBack(name: string, { args, frame, span }: CallSite): Value | undefined {
  const builds = everyArgument(args).flatMap(optimizersIn);
  if (builds.length === 0 || !GIVES_BACK.has(wordsOf(name)[0] ?? '')) return undefined;
  const [only, ...rest] = args.positional;
  const inOrder = args.positional.flatMap(optimizersIn).length === builds.length && !args.open;
  if (only === undefined || !inOrder) {
    for (const build of builds) leaveUnread(build, { what: name, span }, frame);
    return undefined;
  }
  return rest.length === 0 ? only : list(args.positional);
}

/**
 * The model that `fabric.setup(model)` and `accelerator.prepare(model)` give back in a wrapper; undefined for any other method,
 * and where it may become another model.
 */
export function modelGivenBack(method: string, { args, frame }: CallSite): Value | undefined {
  const [model, ...more] = args.positional;
  if (model?.kind !== 'object' || more.length > 0 || args.open || !WRAPS.test(method)) return undefined;
  const { interpreter } = frame;
  const isKept = interpreter.libraries.leavesModel(method) !== null;
  return isKept && isModuleClass(interpreter, model.definition) ? model : undefined;
}

const WRAPS = /^(?:prepare|setup)(?:_(?:model|module))?$/;

/** Code that takes a list for something else goes on with optimizers in it out of sight, and may set their rates. */
export function leaveLost(value: Value, what: string, frame: Frame): void {
  if (value.kind !== 'list') return;
  for (const build of optimizersIn(value)) leaveUnread(build, { what, span: build.span }, frame);
}
