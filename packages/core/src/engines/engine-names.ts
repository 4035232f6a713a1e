/** Every engine there is, in the order in which people read of them. */
export const ENGINE_NAMES = ['wasm', 'onnx', 'onnx-webgpu', 'onnx-cuda', 'tfjs', 'reference'] as const;

/** Those whose native part is made for one thread of a process: they train one run at a time, and not in an editor's server. */
export const LONE_ENGINE_NAMES: readonly string[] = [
  'onnx-webgpu',
  'onnx-cuda',
] satisfies readonly (typeof ENGINE_NAMES)[number][];

export type EngineName = (typeof ENGINE_NAMES)[number];
