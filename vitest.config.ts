/** Two projects: the suites that test a camera, and the unit tests that test the suite itself. */
import { defineConfig } from 'vitest/config';
import { SUITES_PROJECT } from './lib/runner/reporter.ts';
import { DocumentOrder } from './lib/runner/sequencer.ts';

export default defineConfig({
  test: {
    sequence: { sequencer: DocumentOrder },
    projects: [
      {
        test: {
          name: SUITES_PROJECT,
          include: ['suites/**/*.test.ts'],
          globalSetup: ['lib/runner/global-setup.ts'],
          isolate: false,
          fileParallelism: false,
          pool: 'threads',
          sequence: { groupOrder: 1 },
        },
      },
      { test: { name: 'unit', include: ['{lib,fixtures}/**/*.test.ts'], exclude: ['**/*.e2e.test.ts'], sequence: { groupOrder: 2 } } },
      { test: { name: 'e2e', include: ['lib/**/*.e2e.test.ts'], testTimeout: 120_000, fileParallelism: false, sequence: { groupOrder: 3 } } },
    ],
  },
});
