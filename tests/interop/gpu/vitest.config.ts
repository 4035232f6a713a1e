import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Of `npm run laws -- --gpu`: judges the engines on the GPU that is there, with the runtime that is installed. */
export default defineConfig({
  root: join(import.meta.dirname, '../../..'),
  resolve: { conditions: ['widthwise-source'] },
  ssr: { resolve: { conditions: ['widthwise-source', 'node', 'import', 'default'] } },
  test: {
    include: ['tests/interop/gpu/*-laws.ts'],
    // What lies below is made for one thread of a process.
    pool: 'forks',
    setupFiles: [join(import.meta.dirname, '../../support/close-to-all.ts')],
    testTimeout: 600_000,
  },
});
