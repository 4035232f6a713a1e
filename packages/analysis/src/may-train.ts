import { mentionsTraining } from './interpret/machine/library.ts';
import { LIBRARIES } from './libraries/index.ts';

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
