import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { namedParameters } from '../../interpret/modules/modules.ts';
import { loseTags } from '../../interpret/modules/parameter-tags.ts';
import { tensorsIn, tensorValue } from '../../interpret/modules/tensors.ts';
import { NONE, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { Tensor } from '../../network/graph.ts';
import { isData, timesUnknown } from '../../network/tensor.ts';
import type { Span } from '../../syntax/span.ts';

/** Classes around a model, and the name they hold it by, which its parameters' names begin with. */
const HOLDERS: ReadonlyMap<string, string> = new Map([
  ['torch.compile', '_orig_mod'],
  ['torch.nn.DataParallel', 'module'],
  ['torch.nn.parallel.DistributedDataParallel', 'module'],
]);

/** What gives back what it is handed, prepared for several devices, compiled, or in another precision. */
const GIVES_BACK =
  /^torch\.(?:jit\.(?:script|trace)|(?:cuda\.)?amp\.autocast_mode\._cast|nn\.(?:[\w.]+\.)?SyncBatchNorm\.convert_sync_batchnorm|distributed\.(?:[\w.]+\.)?(?:parallelize_module|fully_shard|FullyShardedDataParallel|local_map|checkpoint_wrapper|replicate|wrap))$/;

/** Those of them by which parameters become others, spread over devices. */
const SPLITS = /(?:parallelize_module|fully_shard|FullyShardedDataParallel)$/;

/** What takes a model's forward pass twice in place, as a function that it is given says of each part. */
const CHECKPOINTS = /^torch\.distributed\.(?:[\w.]+\.)?apply_activation_checkpointing$/;

/** What wraps a model or gives back what it is handed; undefined for anything else. */
export function wrapped(qualified: string, { args, frame }: CallSite): Value | undefined {
  const first = args.positional[0] ?? args.named.get('module') ?? args.named.get('model');
  if (first === undefined) return undefined;
  if (SPLITS.test(qualified))
    loseTags(
      namedParameters(first, frame).map(({ parameter }) => parameter),
      frame,
    );
  if (CHECKPOINTS.test(qualified)) return NONE;
  if (GIVES_BACK.test(qualified)) return first;
  const wrapper = HOLDERS.get(qualified);
  if (wrapper === undefined) return undefined;
  return first.kind === 'object' ? { ...first, wrapper } : first;
}

const FUNCTIONAL_CALL = /^torch\.(?:func|nn\.utils\.stateless)\.functional_call$/;

/**
 * `functional_call(module, parameters, args, kwargs)`: the module's forward pass, with its own parameters in other hands.
 * With what has been made of them, it is another one.
 */
export function functionalCall(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  const module = FUNCTIONAL_CALL.test(qualified) ? argument(args, { name: 'module', index: 0 }) : undefined;
  if (module === undefined) return undefined;
  const given = argument(args, { name: 'args', index: 2 });
  const named = argument(args, { name: 'kwargs', index: 3 });
  const positional = given?.kind === 'list' ? given.items : given === undefined ? [] : [given];
  const made = frame.call(
    module,
    { positional, named: named?.kind === 'dict' ? named.entries : new Map(), open: false },
    span,
  );
  const parameters = argument(args, { name: 'parameter_and_buffer_dicts', index: 1 });
  const dicts = parameters?.kind === 'list' ? parameters.items : [parameters ?? UNKNOWN];
  if (!dicts.some(holdsOthers)) return made;
  return multipleOf(tensorsIn([made], frame), 'functional_call', span);
}

/** Whether a dict has what is neither a parameter itself nor data. */
function holdsOthers(dict: Value): boolean {
  if (dict.kind !== 'dict') return false;
  return [...dict.entries.values()].some(
    (one) => one.kind !== 'parameter' && !(one.kind === 'tensor' && isData(one.tensor)),
  );
}

function multipleOf(tensors: readonly Tensor[], what: string, span: Span): Value {
  return tensors.length === 0 ? UNKNOWN : tensorValue(timesUnknown(tensors, what, span));
}

const DATA_PARALLEL = /^torch\.nn\.parallel\.(?:data_parallel\.)?data_parallel$/;

/** `data_parallel(module, inputs, …)`: the module's forward pass, a part of the data on each device. */
export function dataParallel(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  const module = DATA_PARALLEL.test(qualified) ? argument(args, { name: 'module', index: 0 }) : undefined;
  if (module === undefined) return undefined;
  const given = argument(args, { name: 'inputs', index: 1 });
  const named = args.named.get('module_kwargs');
  return frame.call(
    module,
    {
      positional: given?.kind === 'list' && given.tuple === true ? given.items : given ? [given] : [],
      named: named?.kind === 'dict' ? named.entries : new Map(),
      open: false,
    },
    span,
  );
}

/** `checkpoint(block, *inputs)`: what a module or a function makes, computed once more on the way back. */
export function checkpointed(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  const [module, ...positional] = args.positional;
  if (qualified !== 'torch.utils.checkpoint.checkpoint' || module === undefined) return undefined;
  if (!FOLLOWED.has(module.kind)) return undefined;
  const named = new Map([...args.named].filter(([name]) => !OF_CHECKPOINT.has(name)));
  return frame.call(module, { ...args, positional, named }, span);
}

const FOLLOWED: ReadonlySet<Value['kind']> = new Set(['layer', 'object', 'either', 'function', 'partial']);

/** What it is told itself. */
const OF_CHECKPOINT: ReadonlySet<string> = new Set([
  'use_reentrant',
  'context_fn',
  'determinism_check',
  'debug',
  'early_stop',
  'preserve_rng_state',
]);

const VMAP = /^torch\.(?:func\.|_vmap_internals\.)?vmap$/;
/** What `vmap` makes of a function, which it is called with first. */
const MAPPED = 'torch.vmap.mapped';

/** `vmap(function)`: along which dimension it goes is not followed, so that of what comes of it the size is not known. */
export function vectorized(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  const [callee, ...positional] = args.positional;
  if (callee === undefined) return undefined;
  if (VMAP.test(qualified))
    return {
      kind: 'partial',
      callee: { kind: 'reference', qualified: MAPPED },
      positional: [callee],
      named: new Map(),
      open: false,
    };
  if (qualified !== MAPPED) return undefined;
  const tensors = tensorsIn([frame.call(callee, { ...args, positional }, span)], frame);
  return multipleOf(tensors, 'vmap', span);
}
