import { mentionsTraining } from './interpret/machine/library.ts';
import { LIBRARIES } from './libraries/index.ts';

/** Whether a text may train a model, by what it names. */
export const mayTrain: (text: string) => boolean = mentionsTraining(LIBRARIES);
