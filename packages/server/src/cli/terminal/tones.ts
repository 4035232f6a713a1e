import type { Mark } from '@widthwise/figures';
import type { Tone } from './terminal.ts';

/** The tone of a verdict cell, by its sign. */
export const TONES: Readonly<Record<Mark, Tone>> = {
  yes: 'good',
  no: 'bad',
  open: 'open',
  waiting: 'dim',
  none: 'dim',
};
