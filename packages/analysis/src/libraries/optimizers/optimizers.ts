import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import type { Library } from '../../interpret/machine/library.ts';
import { list } from '../../interpret/values/containers.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { UpdateRule } from '../../network/optimizer.ts';
import { buildOptimizer } from '../torch/optimizers.ts';
import type { OptimizerKnowledge } from '../torch/tables.ts';
import { signatureCall } from './signatures.ts';

const names = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);

/** Updates whose entries have one size, whatever the gradient's. */
const LIKE_ADAM = names(`
  apex.optimizers.FusedAdam
  bitsandbytes.optim.Adam bitsandbytes.optim.Adam8bit bitsandbytes.optim.Adam32bit
  bitsandbytes.optim.PagedAdam bitsandbytes.optim.PagedAdam8bit bitsandbytes.optim.PagedAdam32bit
  deepspeed.ops.adam.FusedAdam deepspeed.ops.adam.DeepSpeedCPUAdam
  schedulefree.AdamWScheduleFree
`);

/** The same with a decay of which a step takes the rate times it of a weight. */
const LIKE_ADAMW = names(`
  bitsandbytes.optim.AdamW bitsandbytes.optim.AdamW8bit bitsandbytes.optim.AdamW32bit
  bitsandbytes.optim.PagedAdamW bitsandbytes.optim.PagedAdamW8bit bitsandbytes.optim.PagedAdamW32bit
  torchao.optim.AdamW8bit torchao.optim.AdamW4bit torchao.optim.AdamWFp8
`);

/** Steps along signs, with such a decay. */
const LIKE_LION = names(`
  lion_pytorch.Lion bitsandbytes.optim.Lion bitsandbytes.optim.Lion8bit bitsandbytes.optim.Lion32bit
`);

const LIKE_SGD = names('apex.optimizers.FusedSGD bitsandbytes.optim.SGD schedulefree.SGDScheduleFree');

/** Whole matrices are orthogonalized or preconditioned; how large the updates are is not modeled. */
const OF_MATRICES = names(`
  dion.Dion dion.DionSimple dion.Muon dion.NorMuon
  heavyball.SOAP heavyball.ForeachSOAP heavyball.Muon heavyball.ForeachMuon heavyball.PSGDKron
  pytorch_optimizer.Muon pytorch_optimizer.SOAP pytorch_optimizer.Shampoo pytorch_optimizer.ScalableShampoo
  distributed_shampoo.DistributedShampoo
`);

/** `muon` on GitHub: orthogonalized, times √max(1, out/in). */
const MUON = names('muon.Muon muon.SingleDeviceMuon');

/** The same for the groups that say so, and Adam for the others. */
const MUON_AND_ADAM = names('muon.MuonWithAuxAdam muon.SingleDeviceMuonWithAuxAdam');

const LR = { name: 'lr', index: 1 };

const ADAMW_DECAY = { name: 'weight_decay', index: 4, leftOut: '1e-2' };
const LION_DECAY = { name: 'weight_decay', index: 3, leftOut: '0' };

const known = (
  all: readonly string[],
  update: UpdateRule | null,
  more?: Pick<OptimizerKnowledge, 'isMatrix' | 'coupledDecay'>,
) => all.map((name): readonly [string, OptimizerKnowledge] => [name, { update, lr: LR, ...more }]);

const OPTIMIZERS: ReadonlyMap<string, OptimizerKnowledge> = new Map([
  ...known(LIKE_ADAM, { kind: 'adam' }),
  ...known(LIKE_ADAMW, { kind: 'adam' }, { coupledDecay: ADAMW_DECAY }),
  ...known(LIKE_LION, { kind: 'adam' }, { coupledDecay: LION_DECAY }),
  ...known(LIKE_SGD, { kind: 'sgd' }),
  ...known(OF_MATRICES, null, { isMatrix: true }),
  ...known(MUON, { kind: 'muon', shape: 'jordan' }),
  ...known(MUON_AND_ADAM, null, { isMatrix: null }),
]);

/** Optimizers of packages that have nothing else to do with models; apex and DeepSpeed have, and are libraries of their own. */
export const optimizers: Library = {
  roots: [
    ...new Set([...OPTIMIZERS.keys()].map((name) => name.slice(0, name.indexOf('.')))),
    'intel_extension_for_pytorch',
    'inspect',
  ].filter((root) => root !== 'apex' && root !== 'deepspeed'),
  optimizers: [...OPTIMIZERS.keys()],
  call(qualified, site) {
    if (qualified === 'intel_extension_for_pytorch.optimize') return asGiven(site);
    const knowledge = OPTIMIZERS.get(qualified);
    return knowledge ? buildOptimizer(qualified, knowledge, site) : signatureCall(qualified, site);
  },
};

/** `model, optimizer = ipex.optimize(model, optimizer=optimizer)`: the same, in other numbers. */
function asGiven({ args }: CallSite): Value {
  const model = argument(args, { name: 'model', index: 0 }) ?? UNKNOWN;
  const optimizer = argument(args, { name: 'optimizer', index: 2 });
  return optimizer === undefined ? model : list([model, optimizer], false, true);
}
