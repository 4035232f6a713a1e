import type { TwinNotes } from '@widthwise/core';

/** What stands for a model of the user's, each one sentence: that it is not the model, what it shares, what it lacks. */
export function twinLines({ name, shares, lacks }: TwinNotes): readonly [string, string, string] {
  return [
    `MLP twin of ${name}, not ${name} itself`,
    `shared: ${shares.join('; ')}`,
    `not shared: ${lacks.join('; ')}`,
  ];
}
