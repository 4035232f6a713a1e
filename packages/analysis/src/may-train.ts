import { callsTraining, mentionsTraining } from './interpret/machine/library.ts';
import { LIBRARIES } from './libraries/index.ts';
import type { PythonModule, Statement } from './syntax/ast.ts';
import { wordsIn } from './syntax/words-in.ts';

const mentions = mentionsTraining(LIBRARIES);

/** How `widthwise factory` begins a file: it builds a model for checks, and its rate is none that anybody trains with. */
const FACTORY = /^"""[^\n]*\n\nWritten by `widthwise factory /;

/** What starts weights: the module of PyTorch's initializers, and what sets a tensor in place. */
const START = /\binit\b|(?:normal|uniform|zeros?|ones|constant|orthogonal|fill|copy)_\(/;

/** Whether a text may start the weights of models that other files have, by what it names. */
export function mayStart(text: string): boolean {
  return START.test(text);
}

/** Whether a text may train a model, by what it names. */
export function mayTrain(text: string): boolean {
  return mentions(text) && !FACTORY.test(text);
}

/** Whether a text that names no optimizer may hand a model to code that trains it, by what it calls. */
export function mayHandToTraining(text: string): boolean {
  return callsTraining(text) && !FACTORY.test(text);
}

/**
 * Whether the code of a module may do so: what only comments name, or an import of which nothing is used, trains and starts
 * nothing.
 */
export function codeMayTrain({ body }: PythonModule): boolean {
  const words = new Set(body.filter(({ kind }) => kind !== 'import').flatMap((one) => [...wordsIn(one)]));
  const imported = body.flatMap((statement) => namesFor(statement, words));
  const named = [...imported, ...words].map((word) => `.${word}(`).join(' ');
  return words.has('parameters') || mayTrain(named) || mayStart(named);
}

/** What an import stands for, of which code has some words. */
function namesFor(statement: Statement, words: ReadonlySet<string>): readonly string[] {
  const bindings = statement.kind === 'import' ? statement.bindings : [];
  return bindings.flatMap(({ local, qualified }) => (words.has(local) || local === '*' ? [qualified] : []));
}
