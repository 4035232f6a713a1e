import type { ParameterValue } from '../../network/layer.ts';

/** More parameters than a layer has; those that it does not know of share one place. */
const PARAMETERS = 128;

/** What the code may know of a layer whose inside is not read. */
const NAMES: readonly string[] = ['weight', 'bias'];

/** A number for each parameter: of each layer, the place of each of its parameters. */
export function parameterId({ layer: { id, parameters }, which }: ParameterValue): number {
  const place = parameters?.findIndex(({ name }) => name === which) ?? NAMES.indexOf(which);
  return id * PARAMETERS + (place >= 0 && place < PARAMETERS ? place : PARAMETERS - 1);
}

/** The id of the layer whose parameter has this one. */
export function layerIdOf(parameter: number): number {
  return Math.floor(parameter / PARAMETERS);
}
