/** W ← W₀ + Δ, four entries at a time: up to three beyond `count` are written too. */
export function addChange(w: usize, start: usize, change: usize, count: i32): void {
  const end = w + ((<usize>count) << 2);
  while (w < end) {
    v128.store(w, f32x4.add(v128.load(start), v128.load(change)));
    w += 16;
    start += 16;
    change += 16;
  }
}

/** Δ ← Δ + α·U. */
export function addMultiple(change: usize, update: usize, alpha: f32, count: i32): void {
  const end = change + ((<usize>count) << 2);
  const factor = f32x4.splat(alpha);
  while (change < end) {
    v128.store(change, f32x4.add(v128.load(change), f32x4.mul(factor, v128.load(update))));
    change += 16;
    update += 16;
  }
}

/** V ← α·U, four entries at a time; V may be U. */
export function scaled(to: usize, from: usize, alpha: f32, count: i32): void {
  const end = to + ((<usize>count) << 2);
  const factor = f32x4.splat(alpha);
  while (to < end) {
    v128.store(to, f32x4.mul(factor, v128.load(from)));
    to += 16;
    from += 16;
  }
}

/**
 * One step of Adam: p ← β₁p + γ₁g, q ← β₂q + γ₂g², Δ ← Δ − rate·p/(√(q·correction) + ε), γ = 1 − β.
 *
 * γ is given: taken from a rounded β, 1 − 0.999 is 1.3e-5 low.
 *
 * @param rate divided by what the mean is short by, and @param correction one over what the square is short by
 */
export function adam(
  change: usize,
  gradient: usize,
  mean: usize,
  square: usize,
  count: i32,
  rate: f32,
  correction: f32,
  beta1: f32,
  gamma1: f32,
  beta2: f32,
  gamma2: f32,
  epsilon: f32,
): void {
  const end = change + ((<usize>count) << 2);
  while (change < end) {
    const g = v128.load(gradient);
    const p = f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(mean)), f32x4.mul(f32x4.splat(gamma1), g));
    const q = f32x4.add(
      f32x4.mul(f32x4.splat(beta2), v128.load(square)),
      f32x4.mul(f32x4.splat(gamma2), f32x4.mul(g, g)),
    );
    v128.store(mean, p);
    v128.store(square, q);
    const size = f32x4.add(f32x4.sqrt(f32x4.mul(q, f32x4.splat(correction))), f32x4.splat(epsilon));
    const update = f32x4.mul(f32x4.splat(rate), f32x4.div(p, size));
    v128.store(change, f32x4.sub(v128.load(change), update));
    change += 16;
    gradient += 16;
    mean += 16;
    square += 16;
  }
}
