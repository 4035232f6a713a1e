import { isModuleClass } from '../interpret/classes.ts';
import type { Interpreter } from '../interpret/interpreter.ts';
import type { ModuleScope } from '../interpret/module-scope.ts';
import type { Value } from '../interpret/value.ts';
import type { ClassStatement, FunctionStatement } from '../syntax/ast.ts';

type Definition = ClassStatement | FunctionStatement;

/** Names by which code can come to a model, whatever it is called. */
export interface Sources {
  readonly module: ModuleScope;
  /** The functions and classes of the file, and the methods of those classes. */
  readonly definitions: readonly Definition[];
  /** The packages that models, initializers and optimizers come from. */
  readonly modelRoots: readonly string[];
}

/**
 * The definitions that may build a model or an optimizer, directly or through one another: all others show nothing.
 *
 * Every word of a definition counts, be it a variable, an attribute or in a text: more are kept than can get there.
 */
export function reachingModels(interpreter: Interpreter, sources: Sources): ReadonlySet<Definition> {
  const { module, definitions, modelRoots } = sources;
  const mentions = mentionsByWord(definitions);
  const aliases = aliasesOf(module);
  const found = new Set<Definition>();
  const words = [...modelRoots, ...sourceNames(interpreter, sources)];
  for (let word = words.pop(); word !== undefined; word = words.pop()) {
    for (const definition of mentions.get(word) ?? []) {
      if (found.has(definition)) continue;
      found.add(definition);
      words.push(definition.name, ...(aliases.get(definition) ?? []));
    }
    mentions.delete(word);
  }
  return found;
}

/** The names of the file that stand for a model, for what builds one, or for something that may hold it. */
function sourceNames(interpreter: Interpreter, { module, modelRoots }: Sources): readonly string[] {
  const isSource = (value: Value): boolean => {
    switch (value.kind) {
      case 'number':
      case 'opaque':
      case 'text':
      case 'truth':
      case 'none':
      case 'unknown':
        return false;
      case 'reference':
        return (
          modelRoots.includes(value.qualified.split('.')[0] ?? '') ||
          interpreter.imports?.finds(value.qualified, module) === true
        );
      case 'function':
        return value.definition.kind === 'lambda';
      case 'class':
        return isModuleClass(interpreter, value.definition);
      default:
        return true;
    }
  };
  return [...module.globals].flatMap(([name, value]) => (isSource(value) ? [name] : []));
}

/** Other names that the file has for its functions and classes. */
function aliasesOf({ globals }: ModuleScope): ReadonlyMap<Definition, readonly string[]> {
  const aliases = new Map<Definition, string[]>();
  for (const [name, value] of globals) {
    if ((value.kind !== 'function' && value.kind !== 'class') || value.definition.kind === 'lambda') continue;
    aliases.set(value.definition, [...(aliases.get(value.definition) ?? []), name]);
  }
  return aliases;
}

/** Which definitions have a word in them. */
function mentionsByWord(definitions: readonly Definition[]): Map<string, Definition[]> {
  const mentions = new Map<string, Definition[]>();
  for (const definition of definitions) {
    for (const word of wordsIn(definition)) {
      const having = mentions.get(word);
      if (having === undefined) mentions.set(word, [definition]);
      else having.push(definition);
    }
  }
  return mentions;
}

/** Every word of a part of the syntax tree, whatever it stands for. */
function wordsIn(part: object): ReadonlySet<string> {
  const words = new Set<string>();
  const ahead: unknown[] = [part];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node === 'string') addWords(node, words);
    else if (Array.isArray(node)) ahead.push(...node);
    else if (typeof node === 'object' && node !== null && !('start' in node)) addParts(node, ahead);
  }
  return words;
}

function addWords(text: string, words: Set<string>): void {
  if (words.has(text)) return;
  if (!/\W/.test(text)) words.add(text);
  else for (const word of text.split(/\W+/)) words.add(word);
}

/** A loop over names, as most of the work on a long file is here and an array of them takes twice as long. */
function addParts(node: object, ahead: unknown[]): void {
  for (const name in node) {
    const part = node[name as keyof typeof node] as unknown;
    if (typeof part === 'string' || (typeof part === 'object' && part !== null)) ahead.push(part);
  }
}
