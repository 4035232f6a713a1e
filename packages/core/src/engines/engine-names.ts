/** Every engine there is, in the order in which people read of them. */
export const ENGINE_NAMES = ['wasm', 'onnx', 'tfjs', 'reference'] as const;

export type EngineName = (typeof ENGINE_NAMES)[number];
