/** The loss by which rates are judged: of all steps, after the last, or at the end, of a quarter of them. */
export type RateObjective = 'mean' | 'final' | 'end';

/** What is varied: a learning rate, or of the user's own model a factor on each of its rates. */
export interface RateWords {
  readonly symbol: string;
  readonly rate: string;
}

export function rateWords(objective: RateObjective): RateWords {
  return objective === 'end' ? { symbol: 'rate factor', rate: 'rate factor' } : { symbol: 'η', rate: 'rate' };
}
