/** A labelled place on an axis. */
export interface Tick {
  readonly value: number;
  readonly text: string;
}

/**
 * The ticks whose texts do not touch, the last one always.
 *
 * @param room between the places of a tick and the next, in pixels, for its text to be read
 */
export function legible(
  ticks: readonly Tick[],
  position: (value: number) => number,
  room: (text: string) => number,
): readonly Tick[] {
  const kept: Tick[] = [];
  for (const tick of ticks.toReversed()) {
    const next = kept.at(-1);
    if (next === undefined || position(next.value) - position(tick.value) >= room(tick.text)) kept.push(tick);
  }
  return kept.toReversed();
}
