import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Analysis } from '@widthwise/analysis';
import type { Question } from '../analyser/asked-workspace.ts';

/** What was found in a text, and what that rests on beside it. */
export interface Entry {
  readonly analysis: Analysis;
  readonly questions: readonly Question[];
}

/** What is larger is not kept. */
const MOST_BYTES = 64 * 1024 * 1024;

/** An entry as bytes, as an analyser process sends an analysis, so that nothing of it changes; null for one that is too large. */
export function entryBytes({ analysis, questions }: Entry): Uint8Array | null {
  const asked = questions.flatMap(({ kind, path, name, answer }) => [kind, path, name, answer]);
  const bytes = serialize([analysis, asked]);
  return bytes.length > MOST_BYTES ? null : deflateRawSync(bytes, { level: 1 });
}

/** The entry that bytes have come from. */
export function entryOf(bytes: Uint8Array): Entry {
  // SAFETY: the store gives the bytes that this build has written under the key that it asks for, and no others.
  const [analysis, asked] = deserialize(inflateRawSync(bytes, { maxOutputLength: MOST_BYTES })) as [
    Analysis,
    readonly string[],
  ];
  const questions: Question[] = [];
  for (let at = 0; at < asked.length; at += 4) {
    const [kind, path = '', name = '', answer = ''] = asked.slice(at, at + 4);
    questions.push({ kind: kind as Question['kind'], path, name, answer });
  }
  return { analysis, questions };
}
