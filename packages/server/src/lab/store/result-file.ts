import { canonicalHash, type RunResult, runHash } from '@widthwise/core';
import * as v from 'valibot';
import { WHOLE_RESULT } from './result-schema.ts';

/** What a file of the store holds, or why that is not used: one clause behind its name. */
export type ResultFile = { readonly result: RunResult } | { readonly why: string };

/** The text of a result's file, with a digest of its content. */
export function encodeResult(result: RunResult): string {
  return JSON.stringify({ ...result, digest: canonicalHash(result) });
}

/**
 * Reads such a text.
 *
 * The digest tells damage, a swap and a careless edit from what was written; it is no signature: who can write the file
 * can make it anew.
 *
 * @param hash of the run that the file is named after
 */
export function decodeResult(text: string, hash: string): ResultFile {
  const content = parsed(text);
  if (content === null) return NOT_WHOLE;
  const { digest, ...rest } = content;
  if (rest['schema'] === 'widthwise/run' && (rest['version'] !== 1 || digest === undefined))
    return { why: 'was written by another version' };
  if (!v.is(WHOLE_RESULT, rest)) return NOT_WHOLE;
  // SAFETY: the schema transforms nothing. What it gives back has its keys in another order.
  const result = rest as unknown as RunResult;
  if (result.hash !== hash || runHash(result.spec) !== hash) return NOT_WHOLE;
  if (canonicalHash(result) !== digest) return { why: 'was changed after it was written' };
  return { result };
}

const NOT_WHOLE: ResultFile = { why: 'is not a whole result of that run' };

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Readonly<Record<string, unknown>> | null) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
