import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import {
  type Engine,
  exactKernels,
  matrix,
  OPTIMIZERS,
  onnxEngine,
  tfjsEngine,
  wasmEngine,
} from '@widthwise/core';
import { instantiateKernels } from '@widthwise/core/kernels';
import { fillNormal, rngFromSeed } from '@widthwise/core/theory';
// @boundaries-ignore what is measured is what a package is made of, not what it shows
import { findOnnx } from '../../../packages/server/src/lab/engines/onnx-binding.ts';
// @boundaries-ignore what is measured is what a package is made of, not what it shows
import { findTfjs } from '../../../packages/server/src/lab/engines/tfjs-binding.ts';
import { flopsOfStep, step } from '../engines/rows.ts';
import type { PanelServer } from './first-point.ts';
import type { PythonProcess } from './python-process.ts';

/** One side of a comparison: what it took, and for how much. */
export interface Side {
  readonly name: string;
  /** Seconds for one, of the processor where one thread computes and of the clock for whole commands. */
  seconds(): Promise<number>;
}

/** Two ways to the same thing; the ratio is how many times as fast the first is. */
export interface Rivals {
  readonly what: string;
  readonly ours: Side;
  readonly theirs: Side;
  /** The least ratio that is wanted; null where it is only told. */
  readonly wanted: number | null;
}

const CLI = join(import.meta.dirname, '../../../packages/server/dist/cli.js');
const WIDTHS = [256, 1024, 2048];
/** How many times as fast as the other side each is to be at least. */
const WANTED = {
  wasmStep: 0.25,
  /** Of native engines beside PyTorch: its MKL is fast on processors of Intel, and takes slower kernels on others. */
  nativeStep: /intel/i.test(cpus()[0]?.model ?? '') ? 0.95 : 1.5,
  onnxOfLimit: 0.65,
  eigenvalues: { 256: 1 / 1.6, 1024: 1 / 2.5 },
  coordinates: 3,
  sweep: 1.7,
} as const;
/** Seconds that the demo may take, and that its first point may take in a panel. */
const DEMO_SECONDS = 6;
const FIRST_POINT_SECONDS = 1;

/** All there is to compare here; what is not installed is left out. */
export function rivalsOf(python: PythonProcess, interpreter: string, panel: PanelServer): readonly Rivals[] {
  const exact = exactKernels(instantiateKernels);
  const wasm = wasmEngine(instantiateKernels);
  const onnx = findOnnx();
  const tfjs = findTfjs();
  const limit = multiplyAddLimit();
  const torch = (width: number): Side => pythonStep(python, width);
  return [
    ...WIDTHS.map((width) =>
      rivals(`a step at width ${width}`, ownStep(wasm, width), torch(width), WANTED.wasmStep),
    ),
    ...('reason' in onnx
      ? []
      : WIDTHS.flatMap((width) => {
          const ours = ownStep(onnxEngine(onnx.runtime, exact), width);
          return [
            rivals(`a step at width ${width}`, ours, torch(width), WANTED.nativeStep),
            ...(limit === null
              ? []
              : [rivals(`a step at width ${width}`, ours, limit(width), WANTED.onnxOfLimit)]),
          ];
        })),
    ...('reason' in tfjs
      ? []
      : [1024, 2048].map((width) =>
          rivals(
            `a step at width ${width}`,
            ownStep(tfjsEngine(tfjs.library, exact), width),
            torch(width),
            WANTED.nativeStep,
          ),
        )),
    ...[256, 1024].map((size) =>
      rivals(
        `a product of ${size} × ${size}`,
        ownProduct(size),
        pythonSide(python, { what: 'product', size, name: 'OpenBLAS (NumPy)' }),
        null,
      ),
    ),
    ...([256, 1024] as const).map((size) =>
      rivals(
        `eigenvalues of ${size} × ${size}`,
        ownEigenvalues(size),
        pythonSide(python, { what: 'eigenvalues', size, name: 'LAPACK (NumPy)' }),
        WANTED.eigenvalues[size],
      ),
    ),
    rivals(
      'a coordinate check, widths 128 to 4096, 5 seeds, from start to end',
      command(COORDINATES),
      mupCheck(interpreter),
      WANTED.coordinates,
    ),
    rivals(
      '16 small runs of 400 steps',
      command([...SWEEP, '--workers', '2']),
      command([...SWEEP, '--workers', '1']),
      WANTED.sweep,
    ),
    rivals(
      'the demo, 100 runs, from start to end',
      command(['compare', '--fresh']),
      fixed('wanted', DEMO_SECONDS),
      1,
    ),
    rivals(
      'the first point of the demo in a panel, from its order',
      { name: 'widthwise serve', seconds: () => panel.secondsToFirstPoint() },
      fixed('wanted', FIRST_POINT_SECONDS),
      1,
    ),
  ];
}

const COORDINATES = [
  ...['coord-check', '--fresh', '--parametrization', 'mup', '--widths', '128,256,512,1024,2048,4096'],
  ...['--seeds', '5', '--steps', '3', '--depth', '3', '--data', 'mixture:10,64,64'],
];
const SWEEP = [
  ...['compare', '--fresh', '--parametrizations', 'mup', '--widths', '128,256', '--seeds', '8'],
  ...['--steps', '400'],
];

function rivals(what: string, ours: Side, theirs: Side, wanted: number | null): Rivals {
  return { what, ours, theirs, wanted };
}

function fixed(name: string, seconds: number): Side {
  return { name, seconds: () => Promise.resolve(seconds) };
}

function cpuSeconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function ownStep(engine: Engine, width: number): Side {
  const row = step(engine, width, OPTIMIZERS.sgd);
  return {
    name: engine.name,
    seconds: () => {
      let flops = 0;
      const seconds = cpuSeconds(() => {
        flops = row.run() ?? 0;
      });
      return Promise.resolve((seconds * flopsOfStep(width)) / flops);
    },
  };
}

function pythonStep(python: PythonProcess, width: number): Side {
  return pythonSide(python, { what: 'step', size: width, name: 'PyTorch' });
}

/** So often that it takes a tenth of a second or more. */
function pythonSide(
  python: PythonProcess,
  {
    what,
    size,
    name,
  }: { readonly what: 'step' | 'product' | 'eigenvalues'; readonly size: number; readonly name: string },
): Side {
  const times = Math.max(1, Math.round((1024 / size) ** 2));
  return { name, seconds: async () => (await python.measured({ what, size, times })) / times };
}

function ownProduct(size: number): Side {
  const kernels = instantiateKernels();
  const start = kernels.reserve();
  const bytes = 4 * size * size;
  kernels.memory.grow(Math.ceil((start + 3 * bytes) / 65_536));
  const times = Math.ceil((1024 / size) ** 3);
  const [a, b, c] = [start, start + bytes, start + 2 * bytes];
  const run = (): void => {
    for (let at = 0; at < times; at++) kernels.gemm(size, size, size, a, size, 1, b, size, 1, c, size, 1, 0);
  };
  return { name: 'wasm', seconds: () => Promise.resolve(cpuSeconds(run) / times) };
}

function ownEigenvalues(size: number): Side {
  const { linalg } = exactKernels(instantiateKernels);
  const gram = linalg.sampleGram(
    matrix(size, 2 * size, fillNormal(new Float64Array(2 * size * size), rngFromSeed(0))),
  );
  const times = Math.max(1, Math.round((512 / size) ** 3));
  const run = (): void => {
    for (let at = 0; at < times; at++) linalg.eigvalsh(gram);
  };
  return { name: 'wasm', seconds: () => Promise.resolve(cpuSeconds(run) / times) };
}

/** What one thread multiplies and adds at most, as time for a step; null where there is no compiler of C. */
function multiplyAddLimit(): ((width: number) => Side) | null {
  const folder = mkdtempSync(join(tmpdir(), 'widthwise-limit-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const probe = join(folder, 'fma');
  const source = join(import.meta.dirname, 'fma.c');
  const made = spawnSync('cc', ['-O3', '-march=native', '-ffp-contract=fast', '-o', probe, source]);
  if (made.status !== 0) return null;
  return (width) => ({
    name: 'limit of the processor',
    seconds: () => {
      const [perSecond = ''] = execFileSync(probe, { encoding: 'utf8' }).split(' ');
      return Promise.resolve(flopsOfStep(width) / Number(perSecond));
    },
  });
}

/** A whole command in a process of its own and an empty folder, by the clock. */
function command(args: readonly string[]): Side {
  return timed(`widthwise ${args[0]}`, process.execPath, [CLI, ...args]);
}

function mupCheck(interpreter: string): Side {
  return timed('mup.coord_check', interpreter, [join(import.meta.dirname, 'coordinates.py')]);
}

function timed(name: string, program: string, args: readonly string[]): Side {
  return {
    name,
    seconds: () => {
      const cwd = mkdtempSync(join(tmpdir(), 'widthwise-rivals-'));
      const begun = performance.now();
      const env = { ...process.env, NO_COLOR: '1', TORCHDYNAMO_DISABLE: '1' };
      const { status, stderr } = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
      const seconds = (performance.now() - begun) / 1000;
      rmSync(cwd, { recursive: true, force: true });
      // 1 is a check that fails, and has run as well.
      if (status !== 0 && status !== 1) throw new Error(`${name} ended with ${status}\n${stderr}`);
      return Promise.resolve(seconds);
    },
  };
}
