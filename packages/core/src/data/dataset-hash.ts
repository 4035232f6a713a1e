import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Dataset } from './dataset.ts';

/**
 * SHA-256, hex, of what a run reads: samples, inputDim and outputDim, then inputs and targets, all as float64 in
 * little-endian order.
 */
export function datasetHash(dataset: Dataset): string {
  const { samples, inputDim, outputDim, inputs, targets } = dataset;
  const view = new DataView(new ArrayBuffer(8 * (3 + inputs.length + targets.length)));
  let offset = 0;
  for (const values of [[samples, inputDim, outputDim], inputs, targets]) {
    for (const value of values) {
      view.setFloat64(offset, value, true);
      offset += 8;
    }
  }
  return bytesToHex(sha256(new Uint8Array(view.buffer)));
}
