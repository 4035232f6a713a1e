import type { CallExpression, Expression, FunctionStatement, Statement } from '../syntax/ast.ts';
import { callsIn } from '../syntax/calls-in.ts';
import { wordsIn } from '../syntax/words-in.ts';
import { definitionsIn } from './run-module.ts';

/**
 * The texts that code of a module passes to a function by the names of its parameters: written out, or by a parameter that
 * has one by default. It may come to the function through a list or dict: `PRESETS[size](backend=backend)`.
 */
export function passedTexts(
  body: readonly Statement[],
  callee: FunctionStatement,
): ReadonlyMap<string, string> {
  const asked = new Set(callee.parameters.flatMap(({ name, fallback }) => (fallback === null ? [name] : [])));
  const texts = new Map<string, string>();
  if (asked.size === 0) return texts;
  const names = new Set([callee.name, ...heldUnder(body, callee.name)]);
  const callers = definitionsIn(body).filter(
    (one): one is FunctionStatement => one.kind === 'function' && hasAny(names, wordsIn(one)),
  );
  for (const caller of callers) {
    for (const { name, value } of callsOf(names, caller).flatMap(({ args }) => args)) {
      const text = textOf(value, caller);
      if (name !== null && asked.has(name) && text !== null && !texts.has(name)) texts.set(name, text);
    }
  }
  return texts;
}

function hasAny(some: ReadonlySet<string>, words: ReadonlySet<string>): boolean {
  return [...some].some((one) => words.has(one));
}

/** The calls in a function that come to one of some names. */
function callsOf(names: ReadonlySet<string>, caller: FunctionStatement): readonly CallExpression[] {
  return callsIn(caller.body).filter(({ callee }) => names.has(calledName(callee) ?? ''));
}

/** The names of a module under which it keeps a function among others. */
function heldUnder(body: readonly Statement[], name: string): readonly string[] {
  return body.flatMap((one) => {
    const holds =
      one.kind === 'assign' &&
      (one.value?.kind === 'dict' || one.value?.kind === 'sequence') &&
      wordsIn(one.value).has(name);
    return holds ? one.targets.flatMap((target) => (target.kind === 'name' ? [target.name] : [])) : [];
  });
}

/** `f` of `f`, `f[key]` and `f.get(key)`. */
function calledName(callee: Expression): string | null {
  if (callee.kind === 'name') return callee.name;
  if (callee.kind === 'subscript') return calledName(callee.object);
  return callee.kind === 'call' && callee.callee.kind === 'attribute' && callee.callee.attribute === 'get'
    ? calledName(callee.callee.object)
    : null;
}

function textOf(value: Expression, { parameters }: FunctionStatement): string | null {
  if (value.kind === 'text') return value.value;
  if (value.kind !== 'name') return null;
  const fallback = parameters.find(({ name }) => name === value.name)?.fallback;
  return fallback?.kind === 'text' ? fallback.value : null;
}
