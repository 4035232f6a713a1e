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
