import { multiplyAdd64 } from './multiply-add';

/** xᵀy in float64. */
export function dot64(x: usize, y: usize, count: i32): f64 {
  let first = f64x2.splat(0);
  let second = f64x2.splat(0);
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    first = multiplyAdd64(v128.load(x), v128.load(y), first);
    second = multiplyAdd64(v128.load(x, 16), v128.load(y, 16), second);
    x += 32;
    y += 32;
  }
  const sums = f64x2.add(first, second);
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; k < count; k++) {
    sum += load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return sum;
}

/** x ← x + f·y in float64. */
export function addMultiple64(x: usize, y: usize, factor: f64, count: i32): void {
  const factors = f64x2.splat(factor);
  let k = 0;
  for (; k + 2 <= count; k += 2) {
    v128.store(x, multiplyAdd64(factors, v128.load(y), v128.load(x)));
    x += 16;
    y += 16;
  }
  if (k < count) store<f64>(x, load<f64>(x) + factor * load<f64>(y));
}
