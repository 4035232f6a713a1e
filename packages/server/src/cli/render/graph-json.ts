import type { Exponent, GraphClassification } from '@widthwise/core';

/** What is said of a graph, as JSON: an exponent is a number, `"inf"` for what is exactly 0, null where it is unknown. */
export function graphJson(found: GraphClassification): object {
  const { regime, widthStable, grows, overwritten, scaleFree, init, gradient, change, steps, weights } =
    found;
  const table = (exponents: ReadonlyMap<string, Exponent>) =>
    Object.fromEntries([...exponents].map(([id, exponent]) => [id, exponentJson(exponent)]));
  const after = steps.map((changes, index): readonly [string, object] => [String(index + 1), table(changes)]);
  return {
    schema: 'widthwise/classify',
    version: 1,
    regime,
    widthStable,
    grows,
    overwritten,
    scaleFree,
    init: table(init),
    gradient: table(gradient),
    change: change === null ? null : { ...Object.fromEntries(after), settled: table(change) },
    weights: Object.fromEntries(
      [...weights].map(([id, weight]) => [
        id,
        {
          init: exponentJson(weight.init),
          rate: exponentJson(weight.rate),
          rightInit: exponentJson(weight.rightInit),
          rightRate: exponentJson(weight.rightRate),
        },
      ]),
    ),
  };
}

function exponentJson(exponent: Exponent): number | 'inf' | null {
  return exponent === Number.POSITIVE_INFINITY ? 'inf' : exponent;
}
