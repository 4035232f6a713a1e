import { expect, test } from 'vitest';
import { pair, type Quantity } from '../growth/quantity.ts';
import { SymbolTable } from '../growth/symbol.ts';
import type { Model } from '../outline/model.ts';
import type { Weight } from '../outline/weights.ts';
import { widthsOf } from './widths-of.ts';

test('a width that the model is said to have comes before the number of heads that goes with it', () => {
  const symbols = new SymbolTable();
  const length = (name: string): Quantity => ({ op: 'symbol', symbol: symbols.of(null, name), value: null });
  const keys = pair('multiply', length('n_kv_head'), pair('divide', length('n_embd'), length('n_head')));
  // SAFETY: of weights and models nothing else is looked at.
  const table = { dims: [length('vocab'), keys] } as unknown as Weight;
  const isWidth = ({ name }: { readonly name: string }) => name !== 'vocab' && name !== 'n_head';
  const model = { widths: { names: ['n_embd'], isWidth } } as unknown as Model;
  expect([...widthsOf([table], model)].map(({ name }) => name)).toEqual(['n_embd', 'n_kv_head']);
});
