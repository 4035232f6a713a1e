/** What torch, Flax and Keras call the matrix or table of a layer. */
const OWN = ['weight', 'kernel', 'embedding', 'embeddings'];

/** The layer whose matrix or table a parameter is; null of others. */
export function layerOfWeight(name: string): string | null {
  const cut = name.lastIndexOf('.');
  return OWN.includes(name.slice(cut + 1)) ? name.slice(0, Math.max(0, cut)) : null;
}
