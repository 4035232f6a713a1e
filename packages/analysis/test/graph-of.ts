import { Budget } from '../src/budget.ts';
import type { Quantity } from '../src/growth/quantity.ts';
import { observeFile } from '../src/observe/run-file.ts';
import { graphText } from './graph-text.ts';
import { loadTestParser } from './load-analyser.ts';

const parser = await loadTestParser();

/** The graph of the only model of a fixture, a node a line. */
export function graphOf(source: string): readonly string[] {
  const budget = new Budget();
  const { models } = observeFile(parser.parse(source, budget), budget);
  const [model, ...more] = models;
  if (model === undefined || more.length > 0) throw new Error(`expected one model, found ${models.length}`);
  return graphText(model.forward, say).split('\n');
}

const SIGNS: Readonly<Record<string, string>> = { add: '+', subtract: '-', multiply: '*', divide: '/' };

/** A number as the code computes it. */
function say(quantity: Quantity): string {
  switch (quantity.op) {
    case 'literal':
      return quantity.text;
    case 'symbol':
      return quantity.symbol.name;
    case 'unknown':
      return '?';
    case 'power':
      return `${say(quantity.base)}^${quantity.exponent.numerator}/${quantity.exponent.denominator}`;
    case 'negate':
      return `-${say(quantity.of)}`;
    case 'steady':
      return say(quantity.of);
    case 'logarithm':
      return `log ${say(quantity.of)}`;
    default:
      return `(${say(quantity.left)} ${SIGNS[quantity.op] ?? quantity.op} ${say(quantity.right)})`;
  }
}
