import { expect } from 'vitest';
import { Budget } from '../src/budget.ts';
import { UNKNOWN_QUANTITY } from '../src/growth/quantity.ts';
import { hidesName } from '../src/network/hidden-name.ts';
import type { InitWrite } from '../src/network/init.ts';
import type { ObservedParameter } from '../src/observe/observed-model.ts';
import { observeFile } from '../src/observe/run-file.ts';
import { quantityText } from '../src/words/quantity-text.ts';
import { loadTestParser } from './load-analyser.ts';

const parser = await loadTestParser();

const PRELUDE = 'import math, torch\nimport torch.nn.functional as F\nfrom torch import nn\n';

/**
 * The parameters of the last model of a file, a line each, in PyTorch's order:
 *
 *     fc.weight: 4·n × n, random 1/√n
 *     ln.bias: n, zero, frozen
 */
export function parametersIn(source: string): string {
  const { models } = observeFile(parser.parse(PRELUDE + source, new Budget()), new Budget());
  return (models.at(-1)?.parameters ?? []).map(lineOf).join('\n');
}

/** Expects these lines, whatever stands before them on each. */
export function checkParameters(source: string, lines: string): void {
  const expected = lines.split('\n').map((line) => line.trim());
  expect(parametersIn(source)).toBe(expected.filter((line) => line !== '').join('\n'));
}

function lineOf(parameter: ObservedParameter): string {
  const { path, which, dims, present, aliases, frozen, inits } = parameter;
  const names = [...new Set([path, ...aliases.map((alias) => alias.path)])];
  const shape = dims === null ? '?' : dims.map((dim) => quantityText(dim, () => false)).join(' × ');
  return [
    `${names.map(shown).join(' = ')}${present === null ? ' perhaps' : ''}: ${which === null ? 'not read' : shape || 'scalar'}`,
    [...new Set(inits.map(initText))].join(' or '),
    ...(frozen ? ['frozen'] : []),
  ].join(', ');
}

function shown(path: string): string {
  const segments = path.split('.').map((segment) => (hidesName(segment) ? '*' : segment));
  return segments.join('.');
}

function initText({ when = [], ...write }: InitWrite): string {
  const conditions = when.map(({ guard, holds }) => ` ${holds ? 'if' : 'unless'} ${guard.text}`);
  return `${valuesText(write)}${conditions.join('')}`;
}

function valuesText({ std, kind, by }: InitWrite): string {
  if (std.op === 'literal' && std.value === 0) return 'zero';
  if (std === UNKNOWN_QUANTITY) return by === 'default' ? 'unknown' : `unknown (${by})`;
  return `${kind} ${quantityText(std, () => false)}`;
}
