import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

test('the page of the panel is at most 75 KiB on the wire', () => {
  const dist = new URL('../../packages/extension/dist/', import.meta.url);
  const sizes = ['webview.js', 'webview.css'].map(
    (file) => gzipSync(readFileSync(new URL(file, dist))).length,
  );
  expect(sizes[0]! + sizes[1]!).toBeLessThanOrEqual(75 * 1024);
});
