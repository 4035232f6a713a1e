import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { TensorLibrary } from '@widthwise/core';
import { engineFolder } from './engine-folder.ts';

/** A TensorFlow under TensorFlow.js that has been found, or why there is none. */
export type FoundTfjs =
  | {
      readonly library: TensorLibrary;
      readonly device: 'cpu' | 'gpu';
      /** What computes, `TensorFlow 2.21.0 under @tensorflow/tfjs-node 4.22.0`. */
      readonly by: string;
    }
  | { readonly reason: string };

/** What the packages have beside the operations. */
interface NodeLibrary extends TensorLibrary {
  readonly version: { readonly tfjs: string };
  backend(): { readonly binding: { readonly TF_Version: string }; readonly isUsingGpuDevice: boolean };
}

/** Names a folder in which one of the packages is installed. */
const FOLDER_VARIABLE = 'WIDTHWISE_TENSORFLOW';

const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

const ABSENT = `neither ${PACKAGES.join(' nor ')} is installed: widthwise engines install tensorflow, or ${FOLDER_VARIABLE} names a folder that has one`;

/**
 * Loads TensorFlow from the folder that the environment names, else from where Widthwise has installed it, else from beside
 * Widthwise. A folder that is merely open is not asked: what lies there is somebody's code.
 */
export function findTfjs(): FoundTfjs {
  const place = installedPackage();
  if (place === undefined) return { reason: ABSENT };
  const { require, name } = place;
  try {
    prepareProcess();
    const library = require(name) as NodeLibrary;
    const { binding, isUsingGpuDevice } = library.backend();
    const by = `TensorFlow ${binding.TF_Version} under ${name} ${library.version.tfjs}`;
    return { library, device: isUsingGpuDevice ? 'gpu' : 'cpu', by };
  } catch (error) {
    // Upstream says with an error without a code that its native part was never made, which is so wherever install scripts are off.
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { reason: `${name} does not load: ${line}` };
  }
}

/** Whether the package that would be loaded is the one for GPUs; nothing is loaded. */
export function mayHaveGpu(): boolean {
  return installedPackage()?.name === PACKAGES[0];
}

function installedPackage():
  | { readonly require: NodeJS.Require; readonly name: (typeof PACKAGES)[number] }
  | undefined {
  const folder = process.env[FOLDER_VARIABLE];
  const places = folder
    ? [resolve(folder, 'package.json')]
    : [join(engineFolder('tensorflow'), 'package.json'), import.meta.url];
  for (const require of places.map((place) => createRequire(place))) {
    const name = PACKAGES.find((each) => isInstalled(require, each));
    if (name !== undefined) return { require, name };
  }
  return undefined;
}

function isInstalled(require: NodeJS.Require, name: string): boolean {
  try {
    require.resolve(`${name}/package.json`);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return false;
    throw error;
  }
}

/**
 * What the packages expect of Node and TensorFlow of its environment: one thread a run, as runs go side by side, and no more
 * of a GPU's memory than it needs.
 */
function prepareProcess(): void {
  // What the newest release, of 2024, still calls: Node 23 took one away and warns of the other.
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  util['isArray'] = Array.isArray;
  const wanted = {
    TF_CPP_MIN_LOG_LEVEL: '2',
    TF_NUM_INTRAOP_THREADS: '1',
    TF_NUM_INTEROP_THREADS: '1',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  };
  for (const [name, value] of Object.entries(wanted)) process.env[name] ??= value;
}
