import type { Model } from './model.ts';

/**
 * A model of a text that does not parse: what is lost of it may be anything, so that nothing is said of the whole.
 *
 * @param line the one that does not parse; null where it stands in another file
 */
export function ofBrokenText(model: Model, line: number | null): Model {
  const { outline } = model;
  const missing = [{ kind: 'syntax', line } as const, ...outline.missing];
  return { ...model, verdict: null, outline: { ...outline, verdict: null, headline: null, missing } };
}
