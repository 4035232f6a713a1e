import { expect, test } from 'vitest';
import { Budget } from '../../budget.ts';
import { NodeList } from './node-list.ts';

test('a node is viewed under axes that grow as its own do, and nothing is known of it under others', () => {
  const nodes = new NodeList(new Budget());
  const [one, other, square] = [
    nodes.axis(1, new Set()),
    nodes.axis(1, new Set(['1:0'])),
    nodes.axis(2, new Set()),
  ];
  const node = nodes.add({ op: 'input', axes: [one] }, [one]);
  const under = (...axes: readonly string[]) => nodes.renamed(node, axes);
  const made = [under(one), under(other), under(square), under()];
  const ops = new Map(nodes.graph(made).nodes.map(({ id, op }) => [id, op]));
  expect(made.map((id) => ops.get(id))).toEqual(['input', 'view', 'unknown', 'unknown']);
});
