/**
 * Elementary functions of four float32 at a time. NaN stays NaN.
 *
 * Coefficients are minimax fits of the relative error, made for this file; what is stated is the worst error of the
 * function as it is computed, rounding included (measured in functions.test.ts).
 */

const LOG2_E: f32 = 1.4426950408889634;
/** log 2 in two parts, the first of which has few digits: a whole multiple of it is exact. */
const LOG_2_HIGH: f32 = 0.693145751953125;
const LOG_2_LOW: f32 = 1.4286068203094172e-6;
/** 2¹²⁷ is the largest power of two; below the lowest, the result is 0 within 2⁻¹²⁶. */
const LARGEST_EXPONENT: f32 = 88;
const LOWEST_EXPONENT: f32 = -87;

/** eʰ for h in [−87, 88], else that of the nearer end: relative error below 2·10⁻⁷. */
export function exp4(h: v128): v128 {
  const x = clamped(h, LOWEST_EXPONENT, LARGEST_EXPONENT);
  const power = f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2_E)));
  const rest = f32x4.sub(
    f32x4.sub(x, f32x4.mul(power, f32x4.splat(LOG_2_HIGH))),
    f32x4.mul(power, f32x4.splat(LOG_2_LOW)),
  );
  let p = f32x4.splat(0.001383647603);
  p = f32x4.add(f32x4.mul(p, rest), f32x4.splat(0.00837489686));
  p = f32x4.add(f32x4.mul(p, rest), f32x4.splat(0.04166823656));
  p = f32x4.add(f32x4.mul(p, rest), f32x4.splat(0.1666641921));
  p = f32x4.add(f32x4.mul(p, rest), f32x4.splat(0.4999999201));
  p = f32x4.add(f32x4.mul(p, rest), f32x4.splat(1));
  p = f32x4.add(f32x4.mul(p, rest), f32x4.splat(1));
  const biased = i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127));
  return f32x4.mul(p, i32x4.shl(biased, 23));
}

/** tanh h: relative error below 5·10⁻⁷; exactly within [−1, 1]. */
export function tanh4(h: v128): v128 {
  const x = clamped(h, -9, 9);
  const t = f32x4.mul(x, x);
  let p = f32x4.splat(-1.218783565e-11);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(3.056436755e-8));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(2.799901708e-5));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.00386791388));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.1367958601));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1));
  let q = f32x4.splat(1.286772012e-6);
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(0.0003937898156));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(0.02724432809));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(0.4701291807));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(1));
  return clamped(f32x4.div(f32x4.mul(x, p), q), -1, 1);
}

/** erf h: relative error below 5·10⁻⁷; exactly within [−1, 1]. */
export function erf4(h: v128): v128 {
  const x = clamped(h, -3.96, 3.96);
  const t = f32x4.mul(x, x);
  let p = f32x4.splat(2.015886735e-6);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.0002845712501));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.003824916991));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.05292545888));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.1920067133));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.128379143));
  let q = f32x4.splat(3.772201614e-5);
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(0.001173871093));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(0.0150890276));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(0.1147388669));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(0.5034941761));
  q = f32x4.add(f32x4.mul(q, t), f32x4.splat(1));
  return clamped(f32x4.div(f32x4.mul(x, p), q), -1, 1);
}

/** 1/(1 + e⁻ʰ): relative error below 5·10⁻⁷ for h ≥ −87. */
export function sigmoid4(h: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(h))));
}

/** Φ(h), the distribution function of the standard normal: absolute error below 2·10⁻⁷. */
export function normalCdf4(h: v128): v128 {
  const half = f32x4.splat(0.5);
  return f32x4.add(half, f32x4.mul(half, erf4(f32x4.mul(h, f32x4.splat(0.7071067811865476)))));
}

function clamped(x: v128, low: f32, high: f32): v128 {
  return f32x4.min(f32x4.max(x, f32x4.splat(low)), f32x4.splat(high));
}
