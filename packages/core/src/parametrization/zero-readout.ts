import type { Parametrization } from './parametrization.ts';

/** The same parametrization with a readout that starts at 0: its first output is 0 at every width. */
export function withZeroReadout<Given extends Parametrization>(parametrization: Given): Given {
  return { ...parametrization, output: { ...parametrization.output, b: 'zero' } };
}
