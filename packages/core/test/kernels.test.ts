import { fc, test as propertyTest } from '@fast-check/vitest';
import { fusesHere, instantiateKernels } from '@widthwise/core/kernels';
import { describe, expect, test } from 'vitest';
import { exactKernels } from '../src/engines/wasm/exact-kernels.ts';
import { wasmEngine } from '../src/engines/wasm/wasm-engine.ts';
import { WasmMemory } from '../src/engines/wasm/wasm-memory.ts';
import { wasmMultiply } from '../src/engines/wasm/wasm-multiply.ts';
import { gemm } from '../src/linalg/gemm.ts';
import { matrix } from '../src/linalg/matrix.ts';
import { gramTimes } from '../src/linalg/spectral-norm.ts';
import { ACTIVATION_NAMES, activation } from '../src/model/activation.ts';
import { OPTIMIZERS } from '../src/model/optimizer.ts';
import { drawNormals, fillNormal, type NormalDraw } from '../src/random/normal.ts';
import { type Rng, rngFromSeed } from '../src/random/rng.ts';
import { smallSpec } from './small-run.ts';

const memory = new WasmMemory(instantiateKernels());
const { kernels } = memory;
const exact = exactKernels(instantiateKernels);

test('kernels that fuse round products and sums once, and are taken where there are instructions for it', () => {
  const errorOf = (variant?: 'plain' | 'fused'): number =>
    instantiateKernels(variant).squareError(1 + 2 ** -12);
  expect(errorOf('plain')).toBe(0);
  expect(errorOf()).toBe(fusesHere() ? 2 ** -24 : 0);
});

/** @returns the address of these values in float32 */
function stored(values: Float64Array): number {
  const at = memory.take(4 * values.length);
  memory.float32(at, values.length).set(values);
  return at;
}

function normals(count: number, seed: number): Float64Array {
  return fillNormal(new Float64Array(count), rngFromSeed(seed)).map(Math.fround);
}

describe.each(ACTIVATION_NAMES)('%s of float32', (name) => {
  const place = ACTIVATION_NAMES.indexOf(name);
  const { phi, derivative } = activation(name);
  const h = Float64Array.from({ length: 4001 }, (_, i) => Math.fround((i - 2000) / 100));

  // The functions state 5·10⁻⁷ of their value, and Φ 2·10⁻⁷ in absolute terms, which GELU multiplies by an h of up to 5.
  test('is that of float64 to its stated error, and so is its derivative', () => {
    memory.release();
    const [at, to, error] = [stored(h), stored(h), stored(h.map(() => 1))];
    kernels.activate(place, at, to, h.length);
    kernels.multiplyByDerivative(place, error, at, to, h.length);
    expect(memory.float32(to, h.length)).toBeCloseToAll(h.map(phi), { rtol: 5e-7, atol: 1e-6 });
    expect(memory.float32(error, h.length)).toBeCloseToAll(
      h.map((each) => derivative(each, phi(each))),
      { rtol: 5e-7, atol: 2e-6 },
    );
  });

  test('passes NaN on, and stays finite elsewhere', () => {
    memory.release();
    const extremes = Float64Array.of(Number.NaN, 3e38, -3e38, 0);
    const [at, to] = [stored(extremes), stored(extremes)];
    kernels.activate(place, at, to, 4);
    const [ofNaN, ...others] = memory.float32(to, 4);
    expect(ofNaN).toBeNaN();
    expect(others.every(Number.isFinite)).toBe(true);
  });
});

const size = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(33, 97, 259));

const lengths = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(1021, 1024, 2049, 70_003));

propertyTest.prop([lengths, fc.nat()], { numRuns: 25 })(
  'normals have the bits of TypeScript',
  (count, seed) => {
    const draw = (): NormalDraw => ({ count, std: 0.3, rng: rngFromSeed(seed) });
    expect(exact.drawNormals(draw())).toEqual(drawNormals(draw()));
  },
);

// Some of so many stand where log, sin and cos are computed otherwise; a stream of zeros gives log 1.
test('normals have them where functions are taken apart', () => {
  const draw = (): NormalDraw => ({ count: 3_000_000, std: 1, rng: rngFromSeed(0) });
  const [ours, theirs] = [exact.drawNormals(draw()), drawNormals(draw())];
  expect(ours.findIndex((each, at) => each !== theirs[at])).toBe(-1);
  const zeros: Rng = { ...rngFromSeed(0), next: () => 0, words: () => [0, 0, 0, 0] };
  expect(exact.drawNormals({ count: 2, std: 1, rng: zeros })).toEqual(
    drawNormals({ count: 2, std: 1, rng: zeros }),
  );
});

propertyTest.prop([size, size, fc.nat()], { numRuns: 40 })(
  'Aᵀ(f·A v) of float32 is that of float64 within its roundings',
  (rows, cols, seed) => {
    memory.release();
    const [a, v] = [normals(rows * cols, seed), normals(cols, seed + 1)];
    const [atA, atV, atY, out] = [stored(a), stored(v), memory.take(4 * rows), memory.take(4 * cols)];
    memory.float32(atY, rows).fill(0);
    kernels.gramTimes(rows, cols, atA, atV, atY, out, 0.5);
    const expected = gramTimes(matrix(rows, cols, a), v).map((entry) => entry / 2);
    // Sums of cols, then of rows terms, of a size of about √(rows · cols).
    const atol = 2 ** -24 * (rows + cols) * Math.sqrt(rows * cols) * 4;
    expect(memory.float32(out, cols)).toBeCloseToAll(expected, { rtol: 0, atol });
  },
);

propertyTest.prop([size, size, size, fc.nat(), fc.boolean(), fc.boolean()], { numRuns: 60 })(
  'a product of float32 is that of float64 within its roundings, in every layout and beside what is there',
  (m, k, n, seed, transposeA, transposeB) => {
    memory.release();
    const [a, b, before] = [normals(m * k, seed), normals(k * n, seed + 1), normals(m * n, seed + 2)];
    const [atA, atB, atC] = [stored(a), stored(b), stored(before)];
    const [aRow, aCol] = transposeA ? [1, m] : [k, 1];
    const [bRow, bCol] = transposeB ? [1, k] : [n, 1];
    kernels.gemm(m, n, k, atA, aRow, aCol, atB, bRow, bCol, atC, n, 0.5, 2);
    const expected = gemm(
      matrix(
        m,
        n,
        before.map((entry) => 2 * entry),
      ),
      {
        a: transposeA ? matrix(k, m, a) : matrix(m, k, a),
        b: transposeB ? matrix(n, k, b) : matrix(k, n, b),
        transposeA,
        transposeB,
        scale: 0.5,
        add: true,
      },
    );
    // Products of normals are below 20; k of them are rounded k times at most.
    expect(memory.float32(atC, m * n)).toBeCloseToAll(expected.data, {
      rtol: 0,
      atol: 20 * (k + 4) * 2 ** -24 * Math.sqrt(k),
    });
  },
);

propertyTest.prop([size, size, size, fc.nat()], { numRuns: 40 })(
  'a product with a weight where it stands has the bits of one with the weight packed',
  (samples, fanIn, fanOut, seed) => {
    memory.release();
    const [x, w] = [stored(normals(samples * fanIn, seed)), stored(normals(fanOut * fanIn, seed + 1))];
    const [h, packed] = [memory.take(4 * samples * fanOut), memory.take(4 * samples * fanOut)];
    kernels.multiplyByWeight(samples, fanOut, fanIn, x, w, h, 0.7);
    kernels.gemm(samples, fanOut, fanIn, x, fanIn, 1, w, 1, fanIn, packed, fanOut, 0.7, 0);
    const count = samples * fanOut;
    expect(memory.float32(h, count)).toEqual(memory.float32(packed, count));
  },
);

propertyTest.prop([size, size, size, fc.nat()], { numRuns: 40 })(
  'a weight that is summed with its change as that is made has the bits of one that is summed afterwards',
  (fanOut, fanIn, rows, seed) => {
    memory.release();
    const count = fanOut * fanIn;
    const [errors, x, changed] = [rows * fanOut, rows * fanIn, count].map((length, at) =>
      normals(length, seed + at),
    );
    const [atErrors, atX, start] = [stored(errors!), stored(x!), stored(normals(count, seed + 3))];
    const [change, other] = [stored(changed!), stored(changed!)];
    const [w, otherW] = [memory.take(4 * count), memory.take(4 * count)];
    const gradient = [fanOut, fanIn, rows, atErrors, 1, fanOut, atX, fanIn, 1] as const;
    kernels.gemmOfChange(...gradient, change, fanIn, -0.1, start, w);
    kernels.gemm(...gradient, other, fanIn, -0.1, 1);
    kernels.addChange(otherW, start, other, count);
    expect(memory.float32(change, count)).toEqual(memory.float32(other, count));
    expect(memory.float32(w, count)).toEqual(memory.float32(otherW, count));
  },
);

test('a product does not read what it overwrites', () => {
  memory.release();
  const [a, b, c] = [
    stored(Float64Array.of(2)),
    stored(Float64Array.of(3)),
    stored(Float64Array.of(Number.NaN)),
  ];
  kernels.gemm(1, 1, 1, a, 1, 1, b, 1, 1, c, 1, 1, 0);
  expect(memory.float32(c, 1)[0]).toBe(6);
});

propertyTest.prop([size, size, size, fc.nat(), fc.boolean(), fc.boolean(), fc.boolean()], { numRuns: 40 })(
  'a product of float64 is that of TypeScript, in every layout and beside what is there',
  (m, k, n, seed, transposeA, transposeB, add) => {
    const [a, b, before] = [normals(m * k, seed), normals(k * n, seed + 1), normals(m * n, seed + 2)];
    const product = {
      a: transposeA ? matrix(k, m, a) : matrix(m, k, a),
      b: transposeB ? matrix(n, k, b) : matrix(k, n, b),
      ...{ transposeA, transposeB, add, scale: 0.5 },
    };
    const multiplied = wasmMultiply(memory)(matrix(m, n, before.slice()), product);
    const expected = gemm(matrix(m, n, before.slice()), product);
    expect(multiplied.data).toBeCloseToAll(expected.data, { rtol: 0, atol: 20 * (k + 4) * Number.EPSILON });
  },
);

test('the first step of Adam is the rate, but for a few roundings', () => {
  const data = {
    inputs: Float64Array.of(1),
    targets: Float64Array.of(0),
    samples: 1,
    inputDim: 1,
    outputDim: 1,
  };
  const net = { inputDim: 1, outputDim: 1, width: 1, depth: 1, activation: 'identity' } as const;
  const spec = { ...smallSpec(undefined, { optimizer: OPTIMIZERS.adam }), net };
  const session = wasmEngine(instantiateKernels).open({ ...spec, probe: { samples: 1, steps: [0] } });
  session.setData(data);
  session.setParams([matrix(1, 1, Float64Array.of(1)), matrix(1, 1, Float64Array.of(0.7))]);
  session.step(1, [0.1, 0.1]);
  // Δ = −rate·g/|g|, as what the averages are short by cancels; γ₁, γ₂, two corrections and six operations are rounded.
  const after = session.getParams().map(({ data: [entry] }) => entry);
  expect(after).toBeCloseToAll([0.9, 0.6], { rtol: 2 * 2 ** -24, atol: 0 });
});
