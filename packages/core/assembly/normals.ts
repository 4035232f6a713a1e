import { cos, log, sin } from './math';

/** Standard normals, each with the very bits of `fillNormal` in `src/random/normal.ts`. */

const TURN: f64 = 6.283185307179586;

/** Numbers that are drawn at a time: they stay in the first cache until they are used. */
const CHUNK: i32 = 1024;
const uniforms = memory.data(CHUNK * 8 + 32, 16);
const normals = memory.data(CHUNK * 8, 16);

/**
 * The next numbers of a stream, std times a standard normal each, in float64.
 *
 * @param state of the stream, four words, which move on; @param count even but of what ends it
 * @param out with room for a multiple of four
 */
export function fillNormals(state: usize, count: i32, out: usize, std: f64): void {
  for (let from = 0; from < count; from += CHUNK) {
    const size = min(CHUNK, count - from);
    fillUniforms(state, (size + 1) >> 1);
    transform(size, out + ((<usize>from) << 3), std);
  }
}

/** W ← W₀ + Δ of weights that begin with such numbers: W₀ has them in float32, and Δ what that leaves of them. */
export function drawWeights(state: usize, count: i32, std: f64, w: usize, start: usize, change: usize): void {
  for (let from = 0; from < count; from += CHUNK) {
    const size = min(CHUNK, count - from);
    fillNormals(state, size, normals, 1);
    const to = (<usize>from) << 2;
    splitNormals(normals, size, std, w + to, start + to, change + to);
  }
}

/** The same of standard normals that were drawn before; @param from with room for a multiple of four */
export function splitNormals(from: usize, count: i32, std: f64, w: usize, start: usize, change: usize): void {
  const scale = f64x2.splat(std);
  for (let at: usize = 0; at < <usize>count; at += 4) {
    const low = f64x2.mul(scale, v128.load(from + (at << 3)));
    const high = f64x2.mul(scale, v128.load(from + (at << 3), 16));
    const lowStart = f32x4.demote_f64x2_zero(low);
    const highStart = f32x4.demote_f64x2_zero(high);
    const starts = joined(lowStart, highStart);
    const rest = joined(
      f32x4.demote_f64x2_zero(f64x2.sub(low, f64x2.promote_low_f32x4(lowStart))),
      f32x4.demote_f64x2_zero(f64x2.sub(high, f64x2.promote_low_f32x4(highStart))),
    );
    const to = at << 2;
    v128.store(start + to, starts);
    v128.store(change + to, rest);
    v128.store(w + to, f32x4.add(starts, rest));
  }
}

/** W₀ in float32 of weights that begin with such numbers, rounded. */
export function drawRounded(state: usize, count: i32, std: f64, start: usize): void {
  for (let from = 0; from < count; from += CHUNK) {
    const size = min(CHUNK, count - from);
    fillNormals(state, size, normals, std);
    for (let at: usize = 0; at < <usize>size; at += 4) {
      const low = f32x4.demote_f64x2_zero(v128.load(normals + (at << 3)));
      const high = f32x4.demote_f64x2_zero(v128.load(normals + (at << 3), 16));
      v128.store(start + ((<usize>from + at) << 2), joined(low, high));
    }
  }
}

function joined(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(low, high, 0, 2);
}

/** Two uniform numbers a pair: [u₁, u₁′], [u₂, u₂′] of one pair and the next. */
function fillUniforms(state: usize, pairs: i32): void {
  let s0 = load<i64>(state);
  let s1 = load<i64>(state, 8);
  // The pair beside the last one, where that has none.
  store<f64>(uniforms + ((<usize>(pairs & ~1)) << 4), 0.5, 8);
  store<f64>(uniforms + ((<usize>(pairs & ~1)) << 4), 0.5, 24);
  for (let pair = 0; pair < pairs; pair++) {
    const to = uniforms + ((<usize>(pair & ~1)) << 4) + ((<usize>(pair & 1)) << 3);
    for (let place: usize = 0; place < 32; place += 16) {
      const high = (s0 + s1) & 0x3ff_ffff;
      let a = s0 ^ s1;
      s0 = rotl(s0, 24) ^ a ^ (a << 16);
      s1 = rotl(a, 37);
      const low = (s0 + s1) & 0x7ff_ffff;
      a = s0 ^ s1;
      s0 = rotl(s0, 24) ^ a ^ (a << 16);
      s1 = rotl(a, 37);
      store<f64>(to + place, <f64>((high << 27) | low) * (1.0 / 9007199254740992.0));
    }
  }
  store<i64>(state, s0);
  store<i64>(state, s1, 8);
}

function transform(count: i32, out: usize, std: f64): void {
  const scale = f64x2.splat(std);
  for (let at: usize = 0; at < <usize>count; at += 4) {
    const u1 = v128.load(uniforms + (at << 3));
    const u2 = v128.load(uniforms + (at << 3), 16);
    const x = f64x2.sub(f64x2.splat(1), u1);
    const angle = f64x2.mul(f64x2.splat(TURN), u2);
    const to = out + (at << 3);
    if (v128.any_true(v128.or(isNearOne(x), isNearTurn(angle)))) {
      one(f64x2.extract_lane(x, 0), f64x2.extract_lane(angle, 0), to, std);
      one(f64x2.extract_lane(x, 1), f64x2.extract_lane(angle, 1), to + 16, std);
      continue;
    }
    const radius = f64x2.sqrt(f64x2.mul(f64x2.splat(-2), logarithm(x)));
    // angle = n·π/2 + y₀ + y₁
    const n = f64x2.floor(f64x2.add(f64x2.mul(angle, f64x2.splat(TWO_OVER_PI)), f64x2.splat(0.5)));
    const r = f64x2.sub(angle, f64x2.mul(n, f64x2.splat(HALF_PI)));
    const w = f64x2.mul(n, f64x2.splat(HALF_PI_REST));
    const y0 = f64x2.sub(r, w);
    const y1 = f64x2.sub(f64x2.sub(r, y0), w);
    const s = sine(y0, y1, f64x2.eq(n, f64x2.splat(0)));
    const c = cosine(y0, y1);
    const quarter = f64x2.add(n, f64x2.splat(4503599627370496));
    const isOdd = i64x2.neg(v128.and(quarter, i64x2.splat(1)));
    const two = i64x2.splat(2);
    const sineSign = i64x2.shl(v128.and(quarter, two), 62);
    const cosineSign = i64x2.shl(v128.and(i64x2.add(quarter, i64x2.splat(1)), two), 62);
    const sines = v128.xor(v128.bitselect(c, s, isOdd), sineSign);
    const cosines = v128.xor(v128.bitselect(s, c, isOdd), cosineSign);
    const first = f64x2.mul(scale, f64x2.mul(radius, cosines));
    const second = f64x2.mul(scale, f64x2.mul(radius, sines));
    v128.store(to, v128.shuffle<i64>(first, second, 0, 2));
    v128.store(to, v128.shuffle<i64>(first, second, 1, 3), 16);
  }
}

/** What the engine of JavaScript has: for arguments that FDLIBM treats apart. */
function one(x: f64, angle: f64, to: usize, std: f64): void {
  const radius = Math.sqrt(-2 * log(x));
  store<f64>(to, std * (radius * cos(angle)));
  store<f64>(to, std * (radius * sin(angle)), 8);
}

// What follows are log, sin and cos of FDLIBM 5.3 (Sun Microsystems 1993), two at a time, rounding where it does.

const LN2_HIGH: f64 = 6.9314718036912381649e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const TWO_OVER_PI: f64 = 6.36619772367581382433e-1;
const HALF_PI: f64 = 1.57079632673412561417;
const HALF_PI_REST: f64 = 6.07710050650619224932e-11;

/** Where a logarithm is taken by another series: |f| < 2^−20, with 1 + f the fraction of x. */
function isNearOne(x: v128): v128 {
  const high = v128.and(i64x2.shr_u(x, 32), i64x2.splat(0xf_ffff));
  return i64x2.lt_s(v128.and(i64x2.add(high, i64x2.splat(2)), i64x2.splat(0xf_ffff)), i64x2.splat(3));
}

/** Where more digits of π/2 are subtracted, or none: the first word is that of π/4 or of a multiple of π/2. */
function isNearTurn(angle: v128): v128 {
  const high = i64x2.shr_u(angle, 32);
  const two = v128.or(
    i64x2.eq(high, i64x2.splat(0x3fe9_21fb)),
    v128.or(i64x2.eq(high, i64x2.splat(0x3ff9_21fb)), i64x2.eq(high, i64x2.splat(0x4009_21fb))),
  );
  return v128.or(
    two,
    v128.or(i64x2.eq(high, i64x2.splat(0x4012_d97c)), i64x2.eq(high, i64x2.splat(0x4019_21fb))),
  );
}

/** log x of 0 < x ≤ 1. */
function logarithm(x: v128): v128 {
  const fraction = v128.and(x, i64x2.splat(0xf_ffff_ffff_ffff));
  const high = i64x2.shr_u(fraction, 32);
  const half = v128.and(i64x2.add(high, i64x2.splat(0x9_5f64)), i64x2.splat(0x10_0000));
  const exponent = i64x2.add(i64x2.shr_u(x, 52), i64x2.shr_u(half, 20));
  const scaled = v128.or(fraction, i64x2.shl(v128.xor(half, i64x2.splat(0x3ff0_0000)), 32));
  const f = f64x2.sub(scaled, f64x2.splat(1));
  const k = f64x2.sub(
    i64x2.add(exponent, i64x2.splat(0x4338_0000_0000_0000 - 1023)),
    f64x2.splat(6755399441055744),
  );
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const even = f64x2.mul(
    w,
    plus(3.999999999940941908e-1, w, plus(2.222219843214978396e-1, w, f64x2.splat(1.531383769920937332e-1))),
  );
  const odd = f64x2.mul(
    z,
    plus(
      6.66666666666673513e-1,
      w,
      plus(
        2.857142874366239149e-1,
        w,
        plus(1.818357216161805012e-1, w, f64x2.splat(1.479819860511658591e-1)),
      ),
    ),
  );
  const rest = f64x2.add(odd, even);
  const low = f64x2.mul(k, f64x2.splat(LN2_LOW));
  const square = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const inner = f64x2.sub(square, f64x2.add(f64x2.mul(s, f64x2.add(square, rest)), low));
  const outer = f64x2.sub(f64x2.mul(s, f64x2.sub(f, rest)), low);
  const isInner = i64x2.gt_s(
    v128.or(i64x2.sub(high, i64x2.splat(0x6_147a)), i64x2.sub(i64x2.splat(0x6_b851), high)),
    i64x2.splat(0),
  );
  return f64x2.sub(f64x2.mul(k, f64x2.splat(LN2_HIGH)), f64x2.sub(v128.bitselect(inner, outer, isInner), f));
}

/** sin (x + y) of |x| ≤ π/4, y far below; @param whole where y is 0 as nothing was subtracted */
function sine(x: v128, y: v128, whole: v128): v128 {
  const z = f64x2.mul(x, x);
  const v = f64x2.mul(z, x);
  const r = plus(
    8.33333333332248946124e-3,
    z,
    plus(
      -1.98412698298579493134e-4,
      z,
      plus(
        2.75573137070700676789e-6,
        z,
        plus(-2.50507602534068634195e-8, z, f64x2.splat(1.58969099521155010221e-10)),
      ),
    ),
  );
  const first = f64x2.splat(-1.66666666666666324348e-1);
  const alone = f64x2.add(x, f64x2.mul(v, f64x2.add(first, f64x2.mul(z, r))));
  const part = f64x2.sub(f64x2.mul(z, f64x2.sub(f64x2.mul(f64x2.splat(0.5), y), f64x2.mul(v, r))), y);
  const both = f64x2.sub(x, f64x2.sub(part, f64x2.mul(v, first)));
  return v128.bitselect(alone, both, whole);
}

/** cos (x + y) of the same. */
function cosine(x: v128, y: v128): v128 {
  const z = f64x2.mul(x, x);
  const r = f64x2.mul(
    z,
    plus(
      4.16666666666666019037e-2,
      z,
      plus(
        -1.38888888888741095749e-3,
        z,
        plus(
          2.48015872894767294178e-5,
          z,
          plus(
            -2.75573143513906633035e-7,
            z,
            plus(2.0875723212981748279e-9, z, f64x2.splat(-1.13596475577881948265e-11)),
          ),
        ),
      ),
    ),
  );
  const high = v128.and(i64x2.shr_u(x, 32), i64x2.splat(0x7fff_ffff));
  const quarter = i64x2.shl(i64x2.sub(high, i64x2.splat(0x20_0000)), 32);
  const large = v128.bitselect(f64x2.splat(0.28125), quarter, i64x2.gt_s(high, i64x2.splat(0x3fe9_0000)));
  const q = v128.andnot(large, i64x2.lt_s(high, i64x2.splat(0x3fd3_3333)));
  const rest = f64x2.sub(f64x2.mul(z, r), f64x2.mul(x, y));
  return f64x2.sub(
    f64x2.sub(f64x2.splat(1), q),
    f64x2.sub(f64x2.sub(f64x2.mul(f64x2.splat(0.5), z), q), rest),
  );
}

/** c + z·r. */
function plus(c: f64, z: v128, r: v128): v128 {
  return f64x2.add(f64x2.splat(c), f64x2.mul(z, r));
}
