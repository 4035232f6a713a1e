import type { Analyser } from '@widthwise/analysis';
import { loadAnalyserFromDisk } from '../../../packages/server/src/sources/load-analyser.ts';

/** One for all judges: the parser's runtime is one a process. */
export const analyser: Promise<Analyser> = loadAnalyserFromDisk();
