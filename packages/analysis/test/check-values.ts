import { expect } from 'vitest';
import { Budget, OutOfBudget } from '../src/budget.ts';
import { CONSTANT, isVanished, knownExponent, point } from '../src/growth/growth.ts';
import { type Growths, growthOf } from '../src/growth/growth-of.ts';
import { exactValue, type Quantity } from '../src/growth/quantity.ts';
import { ONE, toNumber } from '../src/growth/rational.ts';
import { pathOf } from '../src/growth/symbol.ts';
import { createInterpreter } from '../src/interpret/language/create-interpreter.ts';
import { moduleFrame } from '../src/interpret/machine/classes.ts';
import type { Interpreter } from '../src/interpret/machine/interpreter.ts';
import { optionsOf } from '../src/interpret/values/either.ts';
import type { Heap } from '../src/interpret/values/heap.ts';
import type { Value } from '../src/interpret/values/value.ts';
import { LIBRARIES } from '../src/libraries/index.ts';
import { dimsOf, type LayerFamily, weightOf } from '../src/network/layer.ts';
import type { Expression } from '../src/syntax/ast.ts';
import { powerText } from '../src/words/exponent-text.ts';
import { tensorText } from './graph-text.ts';
import { loadTestParser } from './load-analyser.ts';

const parser = await loadTestParser();

/** What every fixture begins with. */
const PRELUDE = 'import math, torch\nimport torch.nn.functional as F\nfrom torch import nn\n';

/** The names that grow in proportion to the width; `k` is a number that does not, no other name is known. */
const WIDTHS: ReadonlySet<string> = new Set(['n', 'width']);

/**
 * Runs Python and expects what its comments say the interpreter knows of a value, over all the times it gets there:
 *
 *     std = 1 / math.sqrt(n)
 *     if flag:
 *         std = 0.02
 *     std  # reveals: 0.02 or n^-½
 *
 * The value is that of the expression that ends before the comment: what is assigned, returned or stands alone. A
 * number is written as itself or by how it grows with n; a weight by how its initial values do; layers, lists, texts
 * and tensors as their code would be. `not reached` is where no run came by.
 */
export function checkValues(source: string): void {
  expect(revealed(source)).toBe(source);
}

const REVEALS = /^(.*?)(\s*# reveals: )(.*)$/;

/** The fixture with what is found in place of what its comments expect. */
function revealed(source: string): string {
  const text = PRELUDE + source;
  const places = placesIn(text);
  run(text, ({ span }, value, heap) => {
    const place = places.get(span.end);
    if (place === undefined || span.start > place.start) return;
    if (span.start < place.start) place.found.clear();
    place.start = span.start;
    for (const option of optionsOf(value).flatMap((one) => textOf(one, heap))) place.found.add(option);
  });
  const found = [...places.values()].map((place) => [...place.found].join(' or ') || 'not reached');
  return source
    .split('\n')
    .map((line) => line.replace(REVEALS, (_, code, comment) => `${code}${comment}${found.shift()}`))
    .join('\n');
}

/** What is found of the longest expression that ends at one place. */
interface Place {
  start: number;
  readonly found: Set<string>;
}

function placesIn(text: string): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>();
  let lineStart = 0;
  for (const line of text.split('\n')) {
    const code = REVEALS.exec(line)?.[1];
    if (code !== undefined)
      places.set(lineStart + code.length, { start: Number.POSITIVE_INFINITY, found: new Set() });
    lineStart += line.length + 1;
  }
  return places;
}

type Notice = (expression: Expression, value: Value, heap: Heap) => void;

/** Runs a file as far as there is work for it, and notices what each expression gives. */
function run(text: string, notice: Notice): void {
  const module = parser.parse(text, new Budget());
  const plain = createInterpreter({
    rebound: module.rebound,
    libraries: LIBRARIES,
    budget: new Budget(),
    around: null,
  });
  const watching: Interpreter = Object.assign(Object.create(plain) as Interpreter, {
    evaluate: (expression: Expression, frame: Parameters<Interpreter['evaluate']>[1]) => {
      const value = plain.evaluate(expression, frame);
      notice(expression, value, frame.heap);
      return value;
    },
  });
  for (const name of [...WIDTHS, 'k']) {
    const symbol = plain.symbols.of(null, name);
    watching.file.globals.set(name, { kind: 'opaque', symbol, fallback: null });
  }
  try {
    watching.execute(module.body, moduleFrame(watching));
  } catch (error) {
    if (!(error instanceof OutOfBudget)) throw error;
  }
}

/** The alternatives of one value, in words. */
function textOf(value: Value, heap: Heap): readonly string[] {
  const each = (values: readonly Value[]) => values.map((one) => anyOf(one, heap));
  switch (value.kind) {
    case 'number':
      return alternativesOf(value.quantity).map(quantityText);
    case 'opaque':
      return [pathOf(value.symbol).join('.')];
    case 'text':
      return [`'${value.text}'`];
    case 'truth':
      return [value.value ? 'True' : 'False'];
    case 'none':
      return ['None'];
    case 'list':
      return [`[${[...each(value.items), ...(value.open ? ['…'] : [])].join(', ')}]`];
    case 'dict': {
      const entries = [...value.entries].map(([key, entry]) => `${key}: ${anyOf(entry, heap)}`);
      return [`{${[...entries, ...(value.open ? ['…'] : [])].join(', ')}}`];
    }
    case 'reference':
      return [value.qualified];
    case 'function':
      return [value.definition.kind === 'lambda' ? 'lambda' : value.definition.name];
    case 'class':
    case 'object':
      return [value.definition.name];
    case 'partial':
      return [`partial(${anyOf(value.callee, heap)})`];
    case 'layer': {
      const { qualified, family } = value.layer;
      const name = qualified.slice(qualified.lastIndexOf('.') + 1);
      const items = [...heap.attributes(value.layer.id)].map(([, item]) => anyOf(item.value, heap));
      // A linear layer is written as it is made: what it takes, then what it gives.
      const dims = MATRICES.has(family) ? (dimsOf(weightOf(value.layer)) ?? []).map(quantityText) : items;
      const sizes = family === 'linear' || family === 'unread-linear' ? dims.reverse() : dims;
      return [`${name}(${sizes.join(', ')})`];
    }
    case 'parameter':
      return heap.parameters
        .initOf(value)
        .flatMap(({ std }) => alternativesOf(std).map((one) => `~${quantityText(one)}`));
    case 'tensor': {
      return [tensorText(value.tensor, quantityText)];
    }
    default:
      return [value.kind];
  }
}

const MATRICES: ReadonlySet<LayerFamily> = new Set(['linear', 'embedding', 'unread-linear']);

function anyOf(value: Value, heap: Heap): string {
  return [...new Set(optionsOf(value).flatMap((option) => textOf(option, heap)))].join(' or ');
}

function alternativesOf(quantity: Quantity): readonly Quantity[] {
  if (quantity.op !== 'either') return [quantity];
  return [...alternativesOf(quantity.left), ...alternativesOf(quantity.right)];
}

function quantityText(quantity: Quantity): string {
  const exact = exactValue(quantity);
  if (exact !== undefined) return String(toNumber(exact));
  const growth = growthOf(quantity, GROWTHS);
  if (isVanished(growth)) return '0';
  const exponent = knownExponent(growth);
  if (exponent === null) return 'unknown';
  return exponent === 0 ? '1' : powerText(-exponent);
}

const GROWTHS: Growths = {
  ofSymbol: ({ name }) => (WIDTHS.has(name) ? point(ONE) : CONSTANT),
  ofNumber: () => CONSTANT,
};
