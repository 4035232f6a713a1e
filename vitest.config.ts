import { defineConfig } from 'vitest/config';

/** Tests read the packages' sources, so a unit test never sees a stale build; workers and commands run the built ones. */
const source = {
  resolve: { conditions: ['widthwise-source'] },
  ssr: { resolve: { conditions: ['widthwise-source', 'node', 'import', 'default'] } },
};

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/plain-reporter.ts'],
    setupFiles: ['./tests/support/close-to-all.ts'],
    // One core less by default, which on two cores is one test file after the other.
    maxWorkers: '100%',
    projects: [
      {
        ...source,
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'packages/core/test/**/*.test.ts',
            'packages/extension/webview/**/*.test.ts',
          ],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...source,
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/host/**', 'tests/interop/**', 'tests/transfer/**'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        ...source,
        extends: true,
        test: {
          name: 'interop',
          include: ['tests/interop/**/*.test.ts'],
          exclude: ['tests/interop/{built*,engines,webgpu}.test.ts', 'tests/interop/short/**'],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          // Each installs packages and runs long commands: one after the other.
          fileParallelism: false,
        },
      },
      {
        ...source,
        extends: true,
        test: {
          // Imports PyTorch anew for each of its models, and fetches onnxruntime-node, hundreds of megabytes:
          // `npm run test:interop` has it, `npm test` has not.
          name: 'torch',
          include: ['tests/interop/{built*,engines,webgpu}.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
      {
        ...source,
        extends: true,
        test: {
          // What of that needs PyTorch and mup alone, in minutes: `npm run test:torch`, which CI runs.
          name: 'torch-short',
          include: ['tests/interop/short/*.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
      {
        ...source,
        extends: true,
        test: {
          name: 'transfer',
          include: ['tests/transfer/**/*.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});
