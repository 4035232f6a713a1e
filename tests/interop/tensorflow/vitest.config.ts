import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** `npm run test:tensorflow`: installs TensorFlow as a user does, more than a gigabyte, and judges the engine on it. */
export default defineConfig({
  root: join(import.meta.dirname, '../../..'),
  resolve: { conditions: ['widthwise-source'] },
  ssr: { resolve: { conditions: ['widthwise-source', 'node', 'import', 'default'] } },
  test: {
    include: ['tests/interop/tensorflow/laws.ts'],
    setupFiles: [join(import.meta.dirname, '../../support/close-to-all.ts')],
    testTimeout: 1_800_000,
  },
});
