const MOST = 1000;
const ENDING = 200;

/** A sentence that repeats what a stranger wrote, at a length that people read: its beginning and its end. */
export function boundedSentence(sentence: string): string {
  if (sentence.length <= MOST) return sentence;
  const beginning = sentence.slice(0, MOST - ENDING);
  const left = sentence.length - MOST;
  return `${beginning} … (${left} characters left out) … ${sentence.slice(-ENDING)}`;
}
