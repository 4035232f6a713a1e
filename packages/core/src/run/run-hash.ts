import { canonicalHash } from './canonical-hash.ts';
import type { RunSpec } from './run-spec.ts';

/**
 * The name of a run: SHA-256 over the canonical JSON of its spec, hex.
 *
 * @throws RangeError for NaN, ±∞ and −0, which JSON cannot tell apart from other values
 * @see RFC 8785, "JSON Canonicalization Scheme"
 */
export function runHash(spec: RunSpec): string {
  requirePlainNumbers(spec, 'spec');
  return canonicalHash(spec);
}

function requirePlainNumbers(value: unknown, path: string): void {
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    throw new RangeError(
      `runHash: expected finite numbers and no −0, got ${Object.is(value, -0) ? '−0' : value} at ${path}`,
    );
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, entry] of Object.entries(value)) requirePlainNumbers(entry, `${path}.${key}`);
}
