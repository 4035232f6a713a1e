import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { type OnnxRuntime, type OnnxTensor, tryOnnx } from '@widthwise/core';
import { engineFolder } from './engine-folder.ts';
import { callNative } from './native-calls.ts';

/** The parts of the package that are used: its native binding, which computes at once where its public form waits a turn. */
interface Binding {
  readonly InferenceSession: new () => {
    loadModel(buffer: ArrayBufferLike, offset: number, length: number, options: object): void;
    run(
      inputs: Readonly<Record<string, OnnxTensor>>,
      outputs: Readonly<Record<string, OnnxTensor>>,
      options: object,
    ): void;
    dispose(): void;
  };
}

interface Package {
  readonly binding: Binding;
  readonly initOrt: () => void;
}

interface Common {
  readonly env: { logLevel: string };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => OnnxTensor;
}

/** What of the runtime computes; none falls back to another. */
export type OnnxProvider = 'cpu' | 'webgpu' | 'cuda';

/** An ONNX runtime that has been found, or why there is none. */
export type FoundOnnx =
  | { readonly runtime: OnnxRuntime; readonly version: string; readonly path: string }
  | { readonly reason: string };

/** What the version says whose parts are known. */
const KNOWN_VERSION = /^1\.30\./;

/** Names a folder in which `onnxruntime-node` is installed. */
const FOLDER_VARIABLE = 'WIDTHWISE_ONNXRUNTIME';

/**
 * Loads `onnxruntime-node` from the folder that the environment names, else from where Widthwise has installed it, else from
 * beside Widthwise. A folder that is merely open is not asked: what lies there is somebody's code.
 */
export function findOnnx(provider: OnnxProvider = 'cpu'): FoundOnnx {
  const folder = process.env[FOLDER_VARIABLE];
  if (folder) return loadFrom(createRequire(resolve(folder, 'package.json')), provider);
  const installed = join(engineFolder('onnx'), 'package.json');
  return loadFrom(createRequire(existsSync(installed) ? installed : import.meta.url), provider);
}

const ABSENT = `onnxruntime-node is not installed: widthwise engines install onnx, or ${FOLDER_VARIABLE} names a folder that has it`;

function loadFrom(require: NodeJS.Require, provider: OnnxProvider): FoundOnnx {
  let path: string;
  try {
    path = require.resolve('onnxruntime-node/package.json');
  } catch (error) {
    return { reason: (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND' ? ABSENT : String(error) };
  }
  try {
    // SAFETY: every package has a version; the shape of the others is that of the version that is asked for.
    const { version } = require('onnxruntime-node/package.json') as { readonly version: string };
    if (!KNOWN_VERSION.test(version))
      return { reason: `${path} is version ${version}, and 1.30 is what this engine is written for` };
    const missing = provider === 'cuda' ? missingCuda(dirname(path)) : null;
    if (missing !== null) return { reason: missing };
    // Products of float32 in the 10 binary digits of TF32 are off by a thousandth.
    process.env['NVIDIA_TF32_OVERRIDE'] ??= '0';
    const inside = createRequire(path);
    const { binding, initOrt } = callNative(() => inside('./dist/binding.js') as Package);
    const { Tensor, env } = inside('onnxruntime-common') as Common;
    env.logLevel = 'fatal';
    callNative(initOrt);
    const runtime = runtimeOf(binding, Tensor, provider);
    if (provider !== 'cpu') tryOnnx(runtime);
    return { runtime, version, path };
  } catch (error) {
    const found = {
      cpu: `${path} does not load`,
      cuda: 'onnxruntime-node finds no CUDA',
      webgpu: 'onnxruntime-node finds no GPU',
    };
    return { reason: `${found[provider]}: ${wordsOf(error)}` };
  }
}

/** What the runtime says begins with where in its sources it was noticed, and ends with it. */
function wordsOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const [, ofCuda] = /CUDA failure \d+: (.*?) ; GPU=/.exec(line) ?? [];
  return ofCuda ?? line.replace(/^\/onnxruntime_src\S* .* was false\. /, '');
}

/** What computes on CUDA is too large for npm, and comes by the package's install script, which does not run here. */
function missingCuda(folder: string): string | null {
  const { platform, arch } = process;
  if (platform === 'darwin') return 'there is no CUDA on macOS';
  const name = platform === 'win32' ? 'onnxruntime_providers_cuda.dll' : 'libonnxruntime_providers_cuda.so';
  const place = join(folder, 'bin', 'napi-v6', platform, arch);
  if (existsSync(join(place, name))) return missingLibrary(join(place, name));
  return `CUDA takes ${name} in ${place}; ONNXRUNTIME_NODE_INSTALL=cuda12 node script/install.js, in ${folder}, fetches it for CUDA 12 from NuGet, and onnxruntime-gpu of PyPI has it for CUDA 13`;
}

/** The library that another needs and the system does not find: the runtime says of all of them only that it failed. */
function missingLibrary(path: string): string | null {
  try {
    process.dlopen({ exports: {} }, path);
    return null;
  } catch (error) {
    const [, name] = /^(\S+): cannot open shared object file/.exec((error as Error).message) ?? [];
    if (name === undefined || name === path) return null;
    return `${name}, which ${path} needs, is not found: LD_LIBRARY_PATH names the folders where CUDA's libraries are, as nvidia/cu13/lib beside a PyTorch for CUDA 13`;
  }
}

/** One thread a model: runs go side by side. */
const OPTIONS = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
};

function runtimeOf(
  { InferenceSession }: Binding,
  Tensor: Common['Tensor'],
  provider: OnnxProvider,
): OnnxRuntime {
  const options = { ...OPTIONS, executionProviders: [provider] };
  return {
    tensor: (data, shape) => new Tensor('float32', data, shape),
    load(model) {
      const session = callNative(() => new InferenceSession());
      callNative(() => session.loadModel(model.buffer, model.byteOffset, model.byteLength, options));
      return {
        run: (inputs, outputs) => callNative(() => session.run(inputs, outputs, {})),
        dispose: () => callNative(() => session.dispose()),
      };
    },
  };
}
