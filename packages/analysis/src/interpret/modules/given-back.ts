import { wordSet, wordsOf } from '../../syntax/name-words.ts';
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
 * The model that `fabric.setup(model)` and `accelerator.prepare(model, loader)` give back in a wrapper, in the order of what
 * they are given; undefined for any other method, and where it may become another model.
 */
export function modelGivenBack(method: string, { args, frame }: CallSite): Value | undefined {
  const models = args.positional.filter((one) => isModel(one, frame));
  const isKept = WRAPS.test(method) && frame.interpreter.libraries.leavesModel(method) !== null;
  if (models.length === 0 || args.open || !isKept) return undefined;
  return args.positional.length === 1 ? args.positional[0] : list(args.positional);
}

const WRAPS = /^(?:prepare|setup)(?:_(?:model|module))?$/;

/** By its first word, what spreads or moves the one model that it is handed first, and gives it back. */
const SPREADS: ReadonlySet<string> = new Set(
  'parallelize distribute shard replicate compile ddp fsdp offload'.split(' '),
);

/** The same of what else may follow: `to_low_rank`, `half_width`. */
const MOVES = wordSet('move to cast half float');

/** Where a model is moved to, and as what. */
const PLACES = wordSet(
  `model module net network parameters params weights device devices cuda gpu gpus cpu mps tpu xla host dtype bf16 fp16 fp32
bfloat16 float float16 float32 half single precision mixed parallel distributed sharded ddp fsdp dp tp mesh empty data tensor`,
);

/** The same of a function: `shard_model(model, mesh)`. */
export function modelSpread(qualified: string, { args, frame }: CallSite): Value | undefined {
  const [model, ...others] = args.positional;
  if (model === undefined || !isModel(model, frame) || others.some((one) => isModel(one, frame)))
    return undefined;
  const [first = '', ...rest] = wordsOf(qualified.slice(qualified.lastIndexOf('.') + 1));
  const spreads = SPREADS.has(first) || (MOVES.has(first) && rest.every((word) => PLACES.has(word)));
  const isKept = spreads && frame.interpreter.libraries.leavesModel(qualified) !== null;
  return isKept ? model : undefined;
}

function isModel(value: Value, { interpreter }: Frame): boolean {
  return value.kind === 'object' && isModuleClass(interpreter, value.definition);
}

/** Code that takes a list for something else goes on with optimizers in it out of sight, and may set their rates. */
export function leaveLost(value: Value, what: string, frame: Frame): void {
  if (value.kind !== 'list') return;
  for (const build of optimizersIn(value)) leaveUnread(build, { what, span: build.span }, frame);
}
