import type { Analyser } from '@widthwise/analysis';
// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { loadAnalyserFromDisk } from '../../../packages/server/src/sources/load-analyser.ts';

/** One for all judges: the parser's runtime is one a process. */
export const analyser: Promise<Analyser> = loadAnalyserFromDisk();
