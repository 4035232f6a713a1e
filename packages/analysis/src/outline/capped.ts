import type { Tensor } from '../network/graph.ts';
import { operandsOf } from '../network/tensor.ts';
import type { ForwardPass } from './forward/forward-pass.ts';
import type { Weight } from './weights.ts';

/** Asked of every weight of a pass, which is gone through once. */
const known = new WeakMap<ForwardPass, ReadonlyMap<Tensor, Activated>>();

/** Whether something bounded is made of what a weight gives, as a soft cap does. */
export function isCapped({ applications }: Weight, pass: ForwardPass): boolean {
  const behind = known.get(pass) ?? firstActivations(pass);
  known.set(pass, behind);
  const first = applications.map(({ tensor }) => behind.get(tensor)).reduce(earlier, undefined);
  return first?.isBounded === true;
}

/** An activation, by its place in the pass. */
interface Activated {
  readonly place: number;
  readonly isBounded: boolean;
}

/** The first activation that each tensor comes to through factors, views and sums. */
function firstActivations({ tensors }: ForwardPass): ReadonlyMap<Tensor, Activated> {
  const first = new Map<Tensor, Activated>();
  for (let place = tensors.length - 1; place >= 0; place--) {
    const tensor = tensors[place];
    const behind = tensor && activationAt(tensor, place, first);
    if (tensor === undefined || behind === undefined) continue;
    for (const operand of operandsOf(tensor)) {
      first.set(operand, earlier(first.get(operand), behind) ?? behind);
    }
  }
  return first;
}

function activationAt(
  tensor: Tensor,
  place: number,
  behind: ReadonlyMap<Tensor, Activated>,
): Activated | undefined {
  if (tensor.op === 'act') {
    return { place, isBounded: tensor.activation === 'tanh' || tensor.activation === 'softcap' };
  }
  return PASSES.has(tensor.op) ? behind.get(tensor) : undefined;
}

const PASSES: ReadonlySet<Tensor['op']> = new Set(['scale', 'view', 'add']);

function earlier(one: Activated | undefined, other: Activated | undefined): Activated | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.place <= other.place ? one : other;
}
