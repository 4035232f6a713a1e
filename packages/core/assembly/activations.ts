import { erf4, exp4, normalCdf4, sigmoid4, tanh4 } from './functions';

/** In the order of `ACTIVATION_NAMES`. */
const SIGMOID: i32 = 0;
const TANH: i32 = 1;
const SILU: i32 = 2;
const GELU: i32 = 3;
const ERF: i32 = 4;
const RELU: i32 = 5;

const INV_SQRT_TWO_PI: f32 = 0.3989422804014327;
const TWO_OVER_SQRT_PI: f32 = 1.1283791670955126;

/** x ← φ(h), four at a time: up to three entries beyond `count` are written too. */
export function activate(kind: i32, h: usize, x: usize, count: i32): void {
  const end = h + ((<usize>count) << 2);
  while (h < end) {
    v128.store(x, phi(kind, v128.load(h)));
    h += 16;
    x += 16;
  }
}

/** e ← e ∘ φ′(h), given x = φ(h). */
export function multiplyByDerivative(kind: i32, e: usize, h: usize, x: usize, count: i32): void {
  const end = e + ((<usize>count) << 2);
  while (e < end) {
    v128.store(e, f32x4.mul(v128.load(e), derivative(kind, v128.load(h), v128.load(x))));
    e += 16;
    h += 16;
    x += 16;
  }
}

function phi(kind: i32, h: v128): v128 {
  if (kind === TANH) return tanh4(h);
  if (kind === SIGMOID) return sigmoid4(h);
  if (kind === SILU) return f32x4.mul(h, sigmoid4(h));
  if (kind === GELU) return f32x4.mul(h, normalCdf4(h));
  if (kind === ERF) return erf4(h);
  if (kind === RELU) return f32x4.max(h, f32x4.splat(0));
  return h;
}

function derivative(kind: i32, h: v128, x: v128): v128 {
  const one = f32x4.splat(1);
  if (kind === TANH) return f32x4.sub(one, f32x4.mul(x, x));
  if (kind === SIGMOID) return f32x4.mul(x, f32x4.sub(one, x));
  if (kind === SILU) return f32x4.mul(sigmoid4(h), f32x4.sub(f32x4.add(one, h), x));
  if (kind === GELU)
    return f32x4.add(normalCdf4(h), f32x4.mul(f32x4.mul(h, f32x4.splat(INV_SQRT_TWO_PI)), gaussian(h, -0.5)));
  if (kind === ERF) return f32x4.mul(f32x4.splat(TWO_OVER_SQRT_PI), gaussian(h, -1));
  if (kind === RELU) return v128.and(one, f32x4.gt(h, f32x4.splat(0)));
  return one;
}

/** e^(factor·h²). */
function gaussian(h: v128, factor: f32): v128 {
  return exp4(f32x4.mul(f32x4.splat(factor), f32x4.mul(h, h)));
}
