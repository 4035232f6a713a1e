import * as v from 'valibot';

/** A run to be trained, every rate of its optimizer times the factor. */
export type RateRun = readonly [width: number, seed: number, factor: number];

/** What such a run did. */
export interface RateRecord {
  readonly event: 'rate';
  readonly width: number;
  readonly seed: number;
  readonly factor: number;
  /** The largest learning rate that the factory gives by itself; null where its optimizer does not say. */
  readonly rate: number | null;
  /** Before every step and after the last; null where it is not finite. */
  readonly losses: readonly (number | null)[];
  /** The step whose loss is not finite. */
  readonly stoppedAt: number | null;
  /** Whether dropout was turned off. */
  readonly hadDropout: boolean;
  readonly seconds: number;
}

export const RATE: v.GenericSchema<unknown, RateRecord> = v.object({
  event: v.literal('rate'),
  width: v.number(),
  seed: v.number(),
  factor: v.number(),
  rate: v.nullable(v.number()),
  losses: v.array(v.nullable(v.number())),
  stoppedAt: v.nullable(v.number()),
  hadDropout: v.boolean(),
  seconds: v.number(),
});
