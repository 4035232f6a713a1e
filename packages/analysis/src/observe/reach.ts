import { isModuleClass } from '../interpret/machine/classes.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import type { ModuleScope } from '../interpret/machine/module-scope.ts';
import type { Value } from '../interpret/values/value.ts';
import type { ClassStatement, FunctionStatement } from '../syntax/ast.ts';
import { wordsIn } from '../syntax/words-in.ts';

type Definition = ClassStatement | FunctionStatement;

/** Names by which code can come to a model, whatever it is called. */
export interface Sources {
  readonly module: ModuleScope;
  /** The functions and classes of the file, and the methods of those classes. */
  readonly definitions: readonly Definition[];
  /** The packages that models, initializers and optimizers come from. */
  readonly modelRoots: readonly string[];
}

/** The definitions that may come to a model, and all words by which another one would. */
export interface Reach {
  readonly definitions: ReadonlySet<Definition>;
  readonly words: ReadonlySet<string>;
}

/**
 * The definitions that may build a model or an optimizer, directly or through one another: all others show nothing.
 *
 * Every word of a definition counts, be it a variable, an attribute or in a text: more are kept than can get there.
 */
export function reachingModels(interpreter: Interpreter, sources: Sources): Reach {
  const { module, definitions, modelRoots } = sources;
  const mentions = mentionsByWord(definitions);
  const aliases = aliasesOf(module);
  const found = new Set<Definition>();
  const by = new Set<string>();
  const words = [...modelRoots, ...sourceNames(interpreter, sources)];
  for (let word = words.pop(); word !== undefined; word = words.pop()) {
    by.add(word);
    for (const definition of mentions.get(word) ?? []) {
      if (found.has(definition)) continue;
      found.add(definition);
      words.push(definition.name, ...(aliases.get(definition) ?? []));
    }
    mentions.delete(word);
  }
  return { definitions: found, words: by };
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
