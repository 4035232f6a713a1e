/** Losses of a batch in float64 of float32 outputs, as `model/loss.ts` has them. */

/** Σ (f − y)² over `count` outputs. */
export function squares(f: usize, y: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (let at: usize = 0; at < <usize>count; at++) {
    const difference = <f64>load<f32>(f + (at << 2)) - load<f64>(y + (at << 3));
    sum += difference * difference;
  }
  return sum;
}

/** e ← factor·(f − y). */
export function squareSignal(e: usize, f: usize, y: usize, count: i32, factor: f64): void {
  for (let at: usize = 0; at < <usize>count; at++) {
    const difference = <f64>load<f32>(f + (at << 2)) - load<f64>(y + (at << 3));
    store<f32>(e + (at << 2), <f32>(factor * difference));
  }
}

/** Σ over rows of log Σ_k e^{f_k} − Σ_k p_k f_k, with y = p − 1/k; the largest output is taken out of the sum. */
export function crossEntropies(f: usize, y: usize, rows: i32, cols: i32): f64 {
  let total: f64 = 0;
  for (let row = 0; row < rows; row++) {
    const largest = largestOf(f, cols);
    let exponentials: f64 = 0;
    let reached: f64 = 0;
    for (let k: usize = 0; k < <usize>cols; k++) {
      const above = <f64>load<f32>(f + (k << 2)) - largest;
      exponentials += Math.exp(above);
      reached += (load<f64>(y + (k << 3)) + 1 / <f64>cols) * above;
    }
    total += Math.log(exponentials) - reached;
    f += (<usize>cols) << 2;
    y += (<usize>cols) << 3;
  }
  return total;
}

/** e ← factor·(softmax f − 1/k − y). */
export function crossEntropySignal(e: usize, f: usize, y: usize, rows: i32, cols: i32, factor: f64): void {
  for (let row = 0; row < rows; row++) {
    const largest = largestOf(f, cols);
    let exponentials: f64 = 0;
    for (let k: usize = 0; k < <usize>cols; k++)
      exponentials += Math.exp(<f64>load<f32>(f + (k << 2)) - largest);
    for (let k: usize = 0; k < <usize>cols; k++) {
      const share = Math.exp(<f64>load<f32>(f + (k << 2)) - largest) / exponentials;
      store<f32>(e + (k << 2), <f32>(factor * (share - 1 / <f64>cols - load<f64>(y + (k << 3)))));
    }
    e += (<usize>cols) << 2;
    f += (<usize>cols) << 2;
    y += (<usize>cols) << 3;
  }
}

function largestOf(f: usize, count: i32): f64 {
  let largest = load<f32>(f);
  for (let k: usize = 1; k < <usize>count; k++) largest = max(largest, load<f32>(f + (k << 2)));
  return <f64>largest;
}
