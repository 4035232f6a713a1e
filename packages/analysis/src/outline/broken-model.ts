import type { Model } from './model.ts';

/**
 * A model of a text that does not parse: what is lost of it may be anything, and so may what it does to the rest, so that
 * nothing is said of any weight.
 *
 * @param line the one that does not parse; null where it stands in another file
 */
export function ofBrokenText(model: Model, line: number | null): Model {
  const { name, span } = model.outline;
  return {
    ...model,
    verdict: null,
    outline: {
      name,
      span,
      weights: [],
      read: 0,
      total: 0,
      widths: [],
      candidates: [],
      unfound: [],
      supposed: [],
      verdict: null,
      growing: [],
      goesOn: false,
      missing: [{ kind: 'syntax', line }],
      assumptions: [],
      twin: { missing: { kind: 'no-width' } },
      headline: null,
      underAdam: null,
    },
  };
}
