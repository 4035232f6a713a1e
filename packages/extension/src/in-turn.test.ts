import { setTimeout as sleep } from 'node:timers/promises';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { inTurn } from './in-turn.ts';

const call = fc.record({ ms: fc.integer({ min: 0, max: 3 }), fails: fc.boolean() });

test.prop([fc.array(call, { maxLength: 6 })], { numRuns: 30 })(
  'calls that come while another is at work wait for it, and each tells its own failure',
  async (calls) => {
    const log: string[] = [];
    const run = inTurn(async (index: number) => {
      const { ms, fails } = calls[index]!;
      log.push(`begin ${index}`);
      await sleep(ms);
      log.push(`end ${index}`);
      if (fails) throw new Error(`call ${index}`);
    });
    const outcomes = await Promise.allSettled(calls.map((_, index) => run(index)));
    expect(log).toEqual(calls.flatMap((_, index) => [`begin ${index}`, `end ${index}`]));
    expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(calls.map(({ fails }) => fails));
  },
);
