import { ADVERSARIAL } from '../adversarial.ts';
import type { Kind } from '../harness/kind.ts';

/** Files that somebody made to hurt. */
export const adversarial: Kind = {
  name: 'adversarial',
  summary: 'files made to hurt: deep, long, and small ones that unfold',
  judge: 'text',
  counts: { short: 48, usual: ADVERSARIAL.length, long: ADVERSARIAL.length },
  together: 1,
  timeoutMs: 60_000,
  inputs: () => ({ named: ADVERSARIAL, drawn: null }),
};
