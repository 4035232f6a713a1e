import type { Quantity } from '../src/growth/quantity.ts';
import type { Shape, Tensor } from '../src/network/graph.ts';
import { operandsOf } from '../src/network/tensor.ts';

type Say = (quantity: Quantity) => string;

/** A tensor as an expression: `relu(input·Linear.weight + Linear.bias)`; whole views are left out. */
export function tensorText(tensor: Tensor, say: Say): string {
  const operands = operandsOf(tensor).map((one) => tensorText(one, say));
  if (tensor.op === 'view' && tensor.part === null) return operands.join();
  if (tensor.op === 'contract') return operands.join('·');
  if (tensor.op === 'add') return `(${operands.join(' + ')})`;
  if (operands.length === 0) return nodeText(tensor, say);
  return `${nodeText(tensor, say)}(${operands.join(', ').replace(/^\((.*)\)$/, '$1')})`;
}

/**
 * A graph as text, a node a line in the order of the forward pass:
 *
 *     3 [… n] add 1 2
 */
export function graphText(outputs: readonly Tensor[], say: Say): string {
  const places = new Map<Tensor, number>();
  const lines: string[] = [];
  const visit = (tensor: Tensor): number => {
    const before = places.get(tensor);
    if (before !== undefined) return before;
    const operands = operandsOf(tensor).map(visit);
    places.set(tensor, places.size);
    lines.push([shapeText(tensor.shape, say), nodeText(tensor, say), ...operands].join(' '));
    return places.size - 1;
  };
  const returned = outputs.map(visit);
  return [...lines.map((line, place) => `${place} ${line}`), `returns ${returned.join(' ')}`].join('\n');
}

function shapeText(shape: Shape | null, say: Say): string {
  if (shape === null) return '[?]';
  return `[${[...(shape.open ? ['…'] : []), ...shape.dims.map(say)].join(' ')}]`;
}

function nodeText(tensor: Tensor, say: Say): string {
  switch (tensor.op) {
    case 'weight': {
      const name = tensor.layer.qualified.slice(tensor.layer.qualified.lastIndexOf('.') + 1);
      return `${name}.${tensor.which}`;
    }
    case 'contract':
      return `contract ${tensor.axes.left},${tensor.axes.right}->${tensor.axes.out}`;
    case 'scale':
      return `scale ${say(tensor.factor)}`;
    case 'act':
      return tensor.activation;
    case 'softmax':
      return `softmax ${say(tensor.over)}`;
    case 'view':
      return tensor.part === null ? 'view' : `part ${tensor.part.name}`;
    case 'choice':
      return tensor.guard === null ? 'choice' : `choice ${tensor.guard.text}`;
    case 'unread':
      return `unread '${tensor.what}'`;
    default:
      return tensor.op;
  }
}
