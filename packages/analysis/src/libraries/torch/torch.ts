import { everyArgument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import type { Library } from '../../interpret/machine/library.ts';
import { constructLayer } from '../../interpret/modules/layers.ts';
import { opaqueResult, partOfParameter, tensorIn, tensorValue } from '../../interpret/modules/tensors.ts';
import { unreadCall } from '../../interpret/modules/unread.ts';
import { list } from '../../interpret/values/containers.ts';
import { KEPT, type ListValue, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { ParameterValue } from '../../network/layer.ts';
import { attribute, setAttribute } from './attributes.ts';
import { parentMethod } from './base-classes.ts';
import { countOfData, countOfMask } from './data-counts.ts';
import { dataLoader } from './data-loader.ts';
import { DESCRIBED, isCovered } from './described-layers.ts';
import { filledMethod, filledTensor, freshTensor, spelledTensor } from './filled-tensors.ts';
import { flexAttention } from './flex-attention.ts';
import { forwardHookCall, forwardHookMethod } from './forward-hooks.ts';
import { givenTable, ownTable } from './given-tables.ts';
import { gradientFunctionCall } from './gradient-functions.ts';
import { gradientCall, gradientMethod } from './gradients.ts';
import { initializerCall, initializerRaises, skippedInit } from './initializers.ts';
import { torchLayer } from './layers.ts';
import { shardedState } from './loaded-state.ts';
import { isInstance, moduleProtocol } from './module-class.ts';
import { moduleMethod } from './module-methods.ts';
import { numberTensor } from './number-tensors.ts';
import { constant } from './numbers.ts';
import { buildOptimizer, optimizerMethod, shardedOptimizer, steppedBy } from './optimizers.ts';
import { BUFFER, ownParameter, PARAMETER } from './own-parameters.ts';
import { packedSequences } from './packed-sequences.ts';
import { parameterMethod } from './parameter-methods.ts';
import { REPARAMETRIZES, reparametrized } from './reparametrize.ts';
import { saveHyperparameters } from './saved-settings.ts';
import { buildScheduler } from './schedulers.ts';
import { neededNames } from './signature.ts';
import { findLayer, findOptimizer, OPTIMIZER_NAMES } from './tables.ts';
import { tensorCall, tensorMethod } from './tensor-functions.ts';
import { checkpointed, dataParallel, functionalCall, vectorized, wrapped } from './wrappers.ts';

/** PyTorch, and the packages that are PyTorch with other names: Lightning, unit scaling. */
export const torch: Library = {
  roots: ['torch', 'lightning', 'pytorch_lightning', 'unit_scaling'],
  optimizers: OPTIMIZER_NAMES,
  described: DESCRIBED,
  covers: isCovered,
  call(qualified, site) {
    return (
      construction(qualified, site) ??
      filledTensor(qualified, site) ??
      spelledTensor(qualified, site) ??
      countOfMask(qualified, site) ??
      tensorCall(qualified, site) ??
      flexAttention(qualified, site) ??
      numberTensor(qualified, site.args) ??
      ofArray(qualified, site) ??
      gradientCall(qualified, site) ??
      gradientFunctionCall(qualified, site) ??
      forwardHookCall(qualified, site) ??
      wrapped(qualified, site) ??
      shardedState(qualified, site) ??
      functionalCall(qualified, site) ??
      dataParallel(qualified, site) ??
      dataLoader(qualified, site) ??
      checkpointed(qualified, site) ??
      packedSequences(qualified, site) ??
      vectorized(qualified, site) ??
      harmless(qualified, site) ??
      (qualified.startsWith('torch.nn.') ? unreadCall(qualified, site, 'unread') : undefined)
    );
  },
  needed: (qualified) => neededNames(findLayer(qualified)?.signature ?? ''),
  raises: initializerRaises,
  constant,
  attribute,
  setAttribute,
  method(receiver, name, site) {
    const hook = gradientMethod(receiver, name, site) ?? forwardHookMethod(receiver, name, site);
    if (hook !== undefined) return hook;
    switch (receiver.kind) {
      case 'object':
        return saveHyperparameters(receiver, name, site) ?? moduleMethod(receiver, name, site);
      case 'layer':
        return moduleMethod(receiver, name, site);
      case 'parameter':
        return parameterMethodOrPart(receiver, name, site);
      case 'tensor':
        return filledMethod(receiver, name, site) ?? tensorMethod(receiver, name, site);
      case 'parent':
        return parentMethod(receiver, name, site);
      case 'optimizer':
        return optimizerMethod(receiver, name, site);
      default:
        return countOfData(receiver, name, site) ?? steppedBy(name, site);
    }
  },
  module: moduleProtocol,
  keepsNoGradient: (name) => /^(?:no_grad|inference_mode|set_grad_enabled)$/.test(name),
  isInstance,
};

/** What builds layers, initializes them and trains them. */
function construction(qualified: string, site: CallSite): Value | undefined {
  const layer = findLayer(qualified);
  if (layer !== undefined) return torchLayer(qualified, layer, site);
  if (PLAIN_MODULE.test(qualified) && site.baseOf === undefined)
    return constructLayer(qualified, { family: 'weightless', parameters: [] }, site);
  const table = ownTable(qualified, site) ?? givenTable(qualified, site);
  if (table !== undefined) return table;
  if (/^torch\.nn\.init\.\w+$/.test(qualified)) return initializerCall(qualified, site);
  if (PARAMETER.test(qualified)) return ownParameter(qualified, site);
  if (BUFFER.test(qualified)) return site.args.positional[0];
  if (REPARAMETRIZES.test(qualified)) return reparametrized(qualified, site);
  const skipped = skippedInit(qualified, site);
  if (skipped !== undefined) return skipped;
  const sharded = shardedOptimizer(qualified, site);
  if (sharded !== undefined) return sharded;
  const optimizer = findOptimizer(qualified);
  if (optimizer !== undefined) return buildOptimizer(qualified, optimizer, site);
  return qualified.startsWith('torch.optim.lr_scheduler.') ? buildScheduler(qualified, site) : undefined;
}

/** What holds the parts that code sets on it, and nothing else. */
const PLAIN_MODULE = /^torch\.nn\.(?:modules\.module\.)?Module$/;

const OF_ARRAY = /^torch\.(?:from_numpy|as_tensor|tensor)$/;

/** A tensor of the numbers of an array. */
function ofArray(qualified: string, { args }: CallSite): Value | undefined {
  const [given] = args.positional;
  if (given?.kind === 'parameter' && SHARES.test(qualified)) return given;
  return given?.kind === 'tensor' && OF_ARRAY.test(qualified) ? given : undefined;
}

/** Those of them that share its numbers. */
const SHARES = /^torch\.(?:from_numpy|as_tensor|asarray)$/;

/** How many devices and processes there are, and which of them one is. */
const COUNTS = /^torch\.(?:cuda\.(?:device_count|current_device)|distributed\.get_(?:world_size|rank))$/;

/** Functions that leave the parameters they are handed as they are. */
const LEAVES_PARAMETERS = /^torch\.nn\.utils\.(?:parameters_to_vector|get_total_norm)$/;

/** What makes tensors the same on all processes: those of one, or the sum or mean of theirs, which are alike. */
const SHARES_OUT = /^torch\.distributed\.(?:distributed_c10d\.)?(?:broadcast|(?:all_)?reduce)$/;
const OF_ALL = /\.ReduceOp\.(?:SUM|AVG)$/;

/** Whether tensors stay as large as they are, but for how many processes there are, as processes share them out. */
function isSharedOut(qualified: string, { args }: CallSite): boolean {
  if (!SHARES_OUT.test(qualified) || args.open) return false;
  const op = args.named.get('op') ?? args.positional.find(({ kind }) => kind === 'reference');
  return op === undefined || (op.kind === 'reference' && OF_ALL.test(op.qualified));
}

function harmless(qualified: string, site: CallSite): Value | undefined {
  const { args } = site;
  if (qualified === 'torch.load') return KEPT;
  if (isSharedOut(qualified, site)) return UNKNOWN;
  if (COUNTS.test(qualified)) {
    const name = qualified.slice(qualified.lastIndexOf('.') + 1);
    return { kind: 'opaque', symbol: site.frame.interpreter.symbols.of(null, name), fallback: null };
  }
  return LEAVES_PARAMETERS.test(qualified) ? opaqueResult(qualified, everyArgument(args), site) : undefined;
}

/** Parts of a parameter, with what each is as a tensor. */
function partsAsTensors(
  parameter: ParameterValue,
  given: ListValue,
  { name, site }: { readonly name: string; readonly site: CallSite },
): Value {
  const tensor = tensorIn(parameter, site.frame);
  const made = tensor === null ? UNKNOWN : tensorMethod(tensorValue(tensor), name, site);
  if (made.kind !== 'list' || made.items.length !== given.items.length) return given;
  return list(
    made.items.map((one) => partOfParameter(parameter, tensorIn(one, site.frame))),
    false,
    true,
  );
}

/** What a method of a parameter gives; a view, or what is computed of it, is a tensor of the forward pass as well. */
function parameterMethodOrPart(parameter: ParameterValue, name: string, site: CallSite): Value {
  const fresh = freshTensor(name, site);
  if (fresh !== undefined) return fresh;
  const given = parameterMethod(parameter, name, site);
  if (name === 'chunk' && given.kind === 'list') return partsAsTensors(parameter, given, { name, site });
  if (
    name.endsWith('_') ||
    !(given.kind === 'unknown' || (given.kind === 'parameter' && given.part === true))
  ) {
    return given;
  }
  const tensor = tensorIn(parameter, site.frame);
  const made = tensor === null ? UNKNOWN : tensorMethod(tensorValue(tensor), name, site);
  if (made.kind !== 'tensor') return given.kind === 'unknown' ? made : given;
  return given.kind === 'parameter' ? partOfParameter(parameter, made.tensor) : made;
}
