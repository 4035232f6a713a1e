import type { Budget } from '../../budget.ts';
import type { Tensor } from '../../network/graph.ts';
import { behindLosses, isDetached } from '../../network/losses.ts';
import { isData, operandsOf, sumsOver } from '../../network/tensor.ts';

/** A forward pass as a list. */
export interface ForwardPass {
  /** Every tensor of it, operands before what is made of them. */
  readonly tensors: readonly Tensor[];
  /** What a loss sees: nothing else that is returned is made of them. */
  readonly outputs: readonly Tensor[];
  /** All that is returned. */
  readonly returned: readonly Tensor[];
  /** Whether a tensor is made of data and numbers alone. */
  isData(tensor: Tensor): boolean;
  /** Whether the model computes its features: not data with a gain or bias, and no parameter by itself. */
  isComputed(tensor: Tensor): boolean;
}

/** The parameter that a tensor is, whatever it was multiplied by or however it was turned. */
export function parameterIn(tensor: Tensor): Extract<Tensor, { op: 'weight' }> | null {
  let one = tensor;
  while (one.op === 'view' || one.op === 'scale' || one.op === 'norm') one = one.of;
  return one.op === 'weight' ? one : null;
}

/** Reads what a forward pass returns back to what it was given. */
export function readForwardPass(returned: readonly Tensor[], budget: Budget): ForwardPass {
  const tensors = inOrder(returned, budget);
  const data = new Set<Tensor>();
  const computed = new Set<Tensor>();
  for (const tensor of tensors) {
    const of = operandsOf(tensor);
    if (tensor.op === 'input' || (tensor.op !== 'weight' && of.every((one) => data.has(one))))
      data.add(tensor);
    else if (computes(tensor, of, computed)) computed.add(tensor);
  }
  return {
    tensors,
    returned,
    outputs: lastOf(
      behindLosses(returned, tensors).filter((tensor) => !data.has(tensor)),
      tensors,
    ),
    isData: (tensor) => data.has(tensor),
    isComputed: (tensor) => computed.has(tensor),
  };
}

function computes(tensor: Tensor, of: readonly Tensor[], computed: ReadonlySet<Tensor>): boolean {
  if (of.some((one) => computed.has(one))) return true;
  return tensor.op === 'contract' && sumsOver(tensor) && of.some((one) => parameterIn(one) !== null);
}

function inOrder(returned: readonly Tensor[], budget: Budget): readonly Tensor[] {
  const order: Tensor[] = [];
  const entered = new Set<Tensor>();
  const ahead: { readonly tensor: Tensor; readonly done: boolean }[] = [];
  for (const tensor of returned) {
    ahead.push({ tensor, done: false });
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      if (next.done) {
        order.push(next.tensor);
        continue;
      }
      if (entered.has(next.tensor)) continue;
      entered.add(next.tensor);
      budget.spend(WORK_OF_TENSOR);
      ahead.push({ tensor: next.tensor, done: true });
      for (const operand of operandsOf(next.tensor)) ahead.push({ tensor: operand, done: false });
    }
  }
  return order;
}

const WORK_OF_TENSOR = 4;

/**
 * Those of which no other is made, nor of what they are some of, such as the features of one place; and none that nothing
 * is trained through, as what is kept to be looked at, where others are trained.
 */
function lastOf(returned: readonly Tensor[], tensors: readonly Tensor[]): readonly Tensor[] {
  const all = new Map(returned.map((output) => [output, wholesOf(output)]));
  const cut = cutOff(tensors);
  const trained = [...all].filter(([, whole]) => !whole.every((one) => cut.has(one)));
  const wholes = trained.length > 0 ? new Map(trained) : all;
  const within = madeInto([...wholes.keys()], tensors);
  const beyond = madeInto([...wholes.values()].flat(), tensors);
  return [...wholes].flatMap(([output, whole]) =>
    within.has(output) || whole.every((one) => beyond.has(one)) ? [] : [output],
  );
}

/** Tensors through which nothing is trained: those that are detached, and what is made of such and of data alone. */
function cutOff(tensors: readonly Tensor[]): ReadonlySet<Tensor> {
  const cut = new Set<Tensor>();
  const trained = new Set<Tensor>();
  for (const tensor of tensors) {
    const of = operandsOf(tensor);
    if (isDetached(tensor)) cut.add(tensor);
    else if (tensor.op === 'weight' || of.some((one) => trained.has(one))) trained.add(tensor);
    else if (of.some((one) => cut.has(one))) cut.add(tensor);
  }
  return cut;
}

/** What tensors are made of. */
function madeInto(made: readonly Tensor[], tensors: readonly Tensor[]): ReadonlySet<Tensor> {
  const within = new Set<Tensor>();
  const asked = new Set(made);
  for (const tensor of [...tensors].reverse()) {
    if (!asked.has(tensor) && !within.has(tensor)) continue;
    for (const operand of operandsOf(tensor)) within.add(operand);
  }
  return within;
}

/** What a tensor has its entries of, whichever way it came. */
function wholesOf(tensor: Tensor): readonly Tensor[] {
  const found: Tensor[] = [];
  const seen = new Set<Tensor>();
  const ahead = [tensor];
  for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    if (one.op === 'view' || one.op === 'choice' || one.op === 'repeat' || isJoined(one))
      ahead.push(...operandsOf(one).filter((operand) => !isData(operand)));
    else found.push(one);
  }
  return found;
}

/** Whether it is tensors one behind the other, as keys behind those of earlier steps that the model is given. */
function isJoined(tensor: Tensor): boolean {
  return tensor.op === 'add' && tensor.of.every((one) => one.op === 'view' || isData(one));
}
