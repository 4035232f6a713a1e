import type { Parametrization } from '@widthwise/core';

/** A parametrization as a document holds it. */
export type LabelledParametrization = Parametrization & { readonly label: string };

/** A parametrization with how people read its name, in an order that stays. */
export function labelled(
  { name, optimizer, input, hidden, output }: Parametrization,
  labels: Readonly<Record<string, string>>,
): LabelledParametrization {
  return { name, label: labels[name] ?? name, optimizer, input, hidden, output };
}
