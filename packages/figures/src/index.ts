export { HOW_TO_READ, remarks } from './comparison/remarks.ts';
export { comparisonSentence, verdictSentence } from './comparison/sentences.ts';
export { counted } from './words/counted.ts';
export { durationText } from './words/duration-text.ts';
export { valueText } from './words/number-text.ts';
export { exponentText, slopeText } from './words/slope-text.ts';
