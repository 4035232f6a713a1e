/**
 * A block of an operand as panels: `WIDTH` neighbors along one axis side by side, one position of the other axis after
 * the next, so that the kernel reads both operands with unit stride. The last panel is filled up with zeros.
 */

/** Rows of the left operand that stand side by side: with eight columns, as many sums as there are registers for. */
export const LEFT: i32 = 6;
/** Columns of the right operand that stand side by side. */
export const RIGHT: i32 = 8;

/** Panels of six. Strides are in entries: `across` from one neighbor to the next, `along` from one position to the next. */
export function packSixes(to: usize, from: usize, across: i32, along: i32, count: i32, depth: i32): void {
  for (let i = 0; i < count; i += LEFT) {
    const left = count - i;
    packFour(to, LEFT * 4, from, across, along, min(4, left), depth);
    const next = from + ((<usize>(4 * across)) << 2);
    packTwo(to + 16, LEFT * 4, next, across, along, max(0, min(2, left - 4)), depth);
    to += (<usize>(LEFT * depth)) << 2;
    from += (<usize>(LEFT * across)) << 2;
  }
}

/** Panels of eight: two fours beside each other. */
export function packEights(to: usize, from: usize, across: i32, along: i32, count: i32, depth: i32): void {
  let i = 0;
  if (across === 1) {
    for (; i + 4 * RIGHT <= count; i += 4 * RIGHT) {
      copyFourPanels(to, from, (<usize>along) << 2, depth);
      to += (<usize>(4 * RIGHT * depth)) << 2;
      from += 4 * RIGHT * 4;
    }
  }
  for (; i < count; i += RIGHT) {
    const left = count - i;
    packFour(to, RIGHT * 4, from, across, along, min(4, left), depth);
    packFour(
      to + 16,
      RIGHT * 4,
      from + ((<usize>(4 * across)) << 2),
      across,
      along,
      max(0, min(4, left - 4)),
      depth,
    );
    to += (<usize>(RIGHT * depth)) << 2;
    from += (<usize>(RIGHT * across)) << 2;
  }
}

/** Four panels of eight that stand side by side: rows that are pages apart are met once for all of them. */
function copyFourPanels(to: usize, from: usize, along: usize, depth: i32): void {
  const panel = (<usize>(RIGHT * depth)) << 2;
  for (let k = 0; k < depth; k++) {
    for (let at: usize = 0, next = to; at < 128; at += 32, next += panel) {
      v128.store(next, v128.load(from + at));
      v128.store(next, v128.load(from + at, 16), 16);
    }
    to += RIGHT * 4;
    from += along;
  }
}

/** One panel of four neighbors, `pitch` bytes from one position to the next. */
function packFour(
  to: usize,
  pitch: usize,
  from: usize,
  across: i32,
  along: i32,
  count: i32,
  depth: i32,
): void {
  const acrossBytes = (<usize>across) << 2;
  const alongBytes = (<usize>along) << 2;
  if (count === 4 && across === 1) {
    for (let k = 0; k < depth; k++) {
      v128.store(to, v128.load(from));
      to += pitch;
      from += alongBytes;
    }
    return;
  }
  if (count === 4 && along === 1) {
    transposeFour(to, pitch, from, acrossBytes, depth);
    return;
  }
  for (let k = 0; k < depth; k++) {
    for (let lane = 0; lane < 4; lane++) {
      const value: f32 = lane < count ? load<f32>(from + <usize>lane * acrossBytes) : 0;
      store<f32>(to + ((<usize>lane) << 2), value);
    }
    to += pitch;
    from += alongBytes;
  }
}

/** The same of two neighbors. */
function packTwo(
  to: usize,
  pitch: usize,
  from: usize,
  across: i32,
  along: i32,
  count: i32,
  depth: i32,
): void {
  const acrossBytes = (<usize>across) << 2;
  const alongBytes = (<usize>along) << 2;
  if (count === 2 && across === 1) {
    for (let k = 0; k < depth; k++) {
      store<u64>(to, load<u64>(from));
      to += pitch;
      from += alongBytes;
    }
    return;
  }
  for (let k = 0; k < depth; k++) {
    const first: f32 = count > 0 ? load<f32>(from) : 0;
    const second: f32 = count > 1 ? load<f32>(from + acrossBytes) : 0;
    store<f32>(to, first);
    store<f32>(to, second, 4);
    to += pitch;
    from += alongBytes;
  }
}

/** Four rows to four columns, four positions at a time. */
function transposeFour(to: usize, pitch: usize, from: usize, row: usize, depth: i32): void {
  let k = 0;
  for (; k + 4 <= depth; k += 4) {
    const r0 = v128.load(from);
    const r1 = v128.load(from + row);
    const r2 = v128.load(from + 2 * row);
    const r3 = v128.load(from + 3 * row);
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(to + pitch, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
    v128.store(to + 2 * pitch, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
    v128.store(to + 3 * pitch, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    to += 4 * pitch;
    from += 16;
  }
  for (; k < depth; k++) {
    for (let lane: usize = 0; lane < 4; lane++) store<f32>(to + (lane << 2), load<f32>(from + lane * row));
    to += pitch;
    from += 4;
  }
}
