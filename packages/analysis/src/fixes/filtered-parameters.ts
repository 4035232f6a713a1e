import type { Expression } from '../syntax/ast.ts';
import { inOneLine } from './broken-lines.ts';
import type { CodeAround } from './code-around.ts';
import { chainText } from './nodes.ts';
import { parametersOf } from './parameters-of.ts';

/** Parameters of one model, all or those of which some conditions hold. */
export interface FilteredParameters {
  /** `model`. */
  readonly trained: string;
  /** What the conditions call a parameter, and its name where they go by names. */
  readonly parameter: string;
  readonly name: string | null;
  /** As code, each in brackets where it is made of several. */
  readonly conditions: readonly string[];
}

/** Reads `model.parameters()`, `[p for p in model.parameters() if …]`, the same by names, and `filter(lambda p: …, model.parameters())`; null for what is neither. */
export function filteredParameters(written: Expression, code: CodeAround): FilteredParameters | null {
  const { start, end } = written.span;
  // A comment would be lost, or would hide what is written behind it.
  if (inOneLine(code.text.slice(start, end)) === null) return null;
  const all = allOf(written);
  if (all !== null) return { trained: all, parameter: 'p', name: null, conditions: [] };
  if (written.kind === 'comprehension') return comprehended(written, code);
  if (written.kind !== 'call' || chainText(written.callee) !== 'filter') return null;
  const [condition, of, ...others] = written.args.map(({ value }) => value);
  const trained = of === undefined || others.length > 0 ? null : allOf(of);
  if (condition?.kind !== 'lambda' || trained === null) return null;
  const [parameter, ...more] = condition.parameters;
  if (parameter === undefined || more.length > 0) return null;
  return {
    trained,
    parameter: parameter.name,
    name: null,
    conditions: [conditionText(condition.body, code)],
  };
}

function comprehended(
  { key, body, clauses: [clause, ...others], conditions }: Extract<Expression, { kind: 'comprehension' }>,
  code: CodeAround,
): FilteredParameters | null {
  if (clause === undefined || others.length > 0 || key !== null) return null;
  const { target, iterable } = clause;
  const named = target.kind === 'sequence' && target.items.length === 2 ? target.items : null;
  const [name = null, parameter = target] = named ?? [];
  const trained = allOf(iterable, name === null ? 'parameters' : 'named_parameters');
  if (trained === null || parameter.kind !== 'name' || (name !== null && name.kind !== 'name')) return null;
  if (body.kind !== 'name' || body.name !== parameter.name) return null;
  return {
    trained,
    parameter: parameter.name,
    name: name?.name ?? null,
    conditions: conditions.map((one) => conditionText(one, code)),
  };
}

/** `model` of `model.parameters()`. */
function allOf(written: Expression, method: 'parameters' | 'named_parameters' = 'parameters'): string | null {
  return written.kind === 'call' && written.args.length === 0 ? parametersOf(written.callee, method) : null;
}

const ALONE: ReadonlySet<Expression['kind']> = new Set(['name', 'attribute', 'call', 'subscript', 'compare']);

function conditionText(condition: Expression, { text }: CodeAround): string {
  const written = text.slice(condition.span.start, condition.span.end);
  return ALONE.has(condition.kind) ? written : `(${written})`;
}
