/**
 * Activations by what frameworks call them, in lower case and without underscores, and what the calculus takes each
 * for: one with the same behaviour around 0 and far from it, and no more symmetry.
 */
const ACTIVATIONS: ReadonlyMap<string, string> = new Map([
  ['relu', 'relu'],
  ['leakyrelu', 'leaky_relu'],
  ['rrelu', 'leaky_relu'],
  ['prelu', 'leaky_relu'],
  ['elu', 'gelu'],
  ['selu', 'gelu'],
  ['celu', 'gelu'],
  ['gelu', 'gelu'],
  ['silu', 'silu'],
  ['swish', 'silu'],
  ['mish', 'gelu'],
  ['hardswish', 'gelu'],
  ['tanh', 'tanh'],
  ['hardtanh', 'softcap'],
  ['softsign', 'softcap'],
  ['sin', 'softcap'],
  ['erf', 'erf'],
  ['sigmoid', 'sigmoid'],
  ['hardsigmoid', 'sigmoid'],
  ['softplus', 'softplus'],
  ['logsigmoid', 'softplus'],
  ['square', 'square'],
]);

/** What is bounded on one side, as what is bounded on both and then loses its negative part. */
const IN_TURN: ReadonlyMap<string, readonly string[]> = new Map([['relu6', ['softcap', 'relu']]]);

/** What the calculus calls a function of a framework, one after the other; the function's own name where it knows none like it. */
export function activationsOf(qualified: string): readonly string[] {
  const name = qualified
    .slice(qualified.lastIndexOf('.') + 1)
    .toLowerCase()
    .replaceAll('_', '');
  return IN_TURN.get(name) ?? [ACTIVATIONS.get(name) ?? name];
}
