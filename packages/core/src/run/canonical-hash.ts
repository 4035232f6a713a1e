import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

/**
 * SHA-256 over the canonical JSON of a value, hex.
 *
 * @param value finite JSON
 * @see RFC 8785, "JSON Canonicalization Scheme"
 */
export function canonicalHash(value: object): string {
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError('canonicalHash: expected finite JSON, got nothing');
  return bytesToHex(sha256(utf8ToBytes(json)));
}
