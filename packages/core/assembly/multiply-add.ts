/** a·b + c of four float32: rounded once where relaxed instructions are compiled for and the processor fuses them, else twice. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/** a·b + c of two float64, rounded like {@link multiplyAdd}. */
export function multiplyAdd64(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(c, f64x2.mul(a, b));
}

/** c − a·b of two float64, rounded like {@link multiplyAdd}. */
export function multiplySubtract64(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_nmadd(a, b, c);
  return f64x2.sub(c, f64x2.mul(a, b));
}

/** What the square of x is off by after one rounding; 0 where a product is rounded before it is added to. */
export function squareError(x: f32): f32 {
  const factor = f32x4.splat(x);
  return f32x4.extract_lane(multiplyAdd(factor, factor, f32x4.neg(f32x4.mul(factor, factor))), 0);
}
