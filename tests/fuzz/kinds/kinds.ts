import type { Kind } from '../harness/kind.ts';
import { adversarial } from './adversarial.ts';
import { bytes } from './bytes.ts';
import { configurations } from './configurations.ts';
import { edits } from './edits.ts';
import { names } from './names.ts';
import { programs } from './programs.ts';
import { protocol } from './protocol.ts';
import { store } from './store.ts';

/** Every kind of hostile input, in the order of the document. */
export const KINDS: readonly Kind[] = [
  edits,
  bytes,
  programs,
  adversarial,
  configurations,
  store,
  protocol,
  names,
];
