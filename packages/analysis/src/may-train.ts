import { mentionsTraining } from './interpret/machine/library.ts';
import { LIBRARIES } from './libraries/index.ts';

const mentions = mentionsTraining(LIBRARIES);

/** How `widthwise factory` begins a file: it builds a model for checks, and its rate is none that anybody trains with. */
const FACTORY = /^"""[^\n]*\n\nWritten by `widthwise factory /;

/** Whether a text may train a model, by what it names. */
export function mayTrain(text: string): boolean {
  return mentions(text) && !FACTORY.test(text);
}
