/** What a layer is called wherever a check is shown: the one after all hidden ones is the readout. */
export function layerName(layer: number, depth: number): string {
  return layer > depth ? 'readout' : `layer ${layer}`;
}
