/**
 * `npm run bench:cost`: what a unit of each kind of a run's work takes, in nanoseconds of the processor, fitted to runs of
 * many shapes that take turns; of `onnx` where it is installed.
 */
import process from 'node:process';
import {
  type Engine,
  exactKernels,
  OPTIMIZERS,
  onnxEngine,
  referenceEngine,
  train,
  wasmEngine,
} from '@widthwise/core';
import { instantiateKernels } from '@widthwise/core/kernels';
import { runWork } from '@widthwise/core/theory';
// @boundaries-ignore what is measured is what a package is made of, not what it shows
import { findOnnx } from '../../../packages/server/src/lab/engines/onnx-binding.ts';
import { quantile } from '../interleaved.ts';
import { fittedPaces, predictedOf, type Timed } from './cost-fit.ts';
import { costShapes, type Shape } from './cost-shapes.ts';
import { step } from './rows.ts';

const SHAPES = 80;
const ROUNDS = 3;
/** Short runs are repeated until they have taken so long. */
const LEAST_MS = 40;
const WIDE = 1024;
/** How many of the worst forecasts are shown. */
const SHOWN = 8;

/** Nanoseconds of the processor for one run. */
function nanosecondsOf({ spec, data }: Shape, engine: Engine): number {
  const begun = process.cpuUsage();
  for (let runs = 1; ; runs++) {
    for (const _ of train(spec, data, engine));
    const { user, system } = process.cpuUsage(begun);
    if (user + system >= 1000 * LEAST_MS) return (1000 * (user + system)) / runs;
  }
}

/** Medians of rounds, after one that warms up. */
function timed(shapes: readonly Shape[], engine: Engine): readonly Timed[] {
  const times = shapes.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [at, shape] of shapes.entries()) {
      const nanoseconds = nanosecondsOf(shape, engine);
      if (round > 0) times[at]?.push(nanoseconds);
    }
  }
  return shapes.map(({ spec, data }, at) => ({
    work: Object.values(runWork(spec, data.samples)),
    nanoseconds: quantile(
      (times[at] ?? []).sort((one, other) => one - other),
      0.5,
    ),
  }));
}

/** Nanoseconds for an operation of a product, of whole steps of a wide network: small runs tell little of it. */
function paceOfProducts(engine: Engine): number {
  const row = step(engine, WIDE, OPTIMIZERS.sgd);
  row.run();
  const begun = process.cpuUsage();
  const operations = row.run() ?? 1;
  const { user, system } = process.cpuUsage(begun);
  return (1000 * (user + system)) / operations;
}

function shapeText({ spec, data }: Shape): string {
  const { net, steps, probe, optimizer, batch } = spec;
  const looks = `${probe.measures ?? 'features'}${probe.weights === undefined ? '' : ' and norms'} of ${probe.samples}`;
  const samples = `${data.samples} samples${batch === undefined ? '' : ` in batches of ${batch}`}`;
  return `${net.inputDim} → ${net.depth} × ${net.width} → ${net.outputDim}, ${samples}, ${steps} steps of ${optimizer.kind}, ${looks}`;
}

for (const engine of enginesThere()) {
  const shapes = costShapes(SHAPES, engine);
  const runs = timed(shapes, engine);
  const [{ spec, data }] = shapes as readonly [Shape, ...Shape[]];
  const kinds = Object.keys(runWork(spec, data.samples));
  const paces = fittedPaces(runs, { kind: kinds.indexOf('trained'), pace: paceOfProducts(engine) });
  const told = runs
    .map((run, at) => ({ ratio: predictedOf(run, paces) / run.nanoseconds, shape: shapes[at] as Shape }))
    .sort((one, other) => one.ratio - other.ratio);
  const table = kinds.map((kind, at) => `${kind}: ${Number((paces[at] ?? 0).toPrecision(3))}`).join(', ');
  process.stdout.write(`${engine.name}, nanoseconds a unit: ${table}\n`);
  process.stdout.write(`predicted/measured: ${told.map(({ ratio }) => ratio.toFixed(2)).join(' ')}\n`);
  const worst = told.toSorted(
    (one, other) => Math.abs(Math.log(other.ratio)) - Math.abs(Math.log(one.ratio)),
  );
  for (const { ratio, shape } of worst.slice(0, SHOWN))
    process.stdout.write(`  ${ratio.toFixed(2)} ${shapeText(shape)}\n`);
}

function enginesThere(): readonly Engine[] {
  const onnx = findOnnx();
  const exact = exactKernels(instantiateKernels);
  return [
    wasmEngine(instantiateKernels),
    ...('reason' in onnx ? [] : [onnxEngine(onnx.runtime, exact)]),
    referenceEngine,
  ];
}
