/**
 * Three projects: the suites that test a camera, and the unit and end-to-end tests that test the suite itself. The last watch real
 * players and real time on machines that do other things, too; what fails there is tried once more, and both tries are shown.
 */
import { defineConfig } from 'vitest/config';
import { DocumentOrder } from './lib/runner/sequencer.ts';
import { SUITES } from './lib/runner/suites-config.ts';

export default defineConfig({
  test: {
    sequence: { sequencer: DocumentOrder },
    projects: [
      { test: { ...SUITES, include: [...SUITES.include], globalSetup: ['lib/runner/global-setup.ts'], sequence: { groupOrder: 1 } } },
      {
        test: {
          name: 'unit',
          testTimeout: 30_000,
          include: ['{lib,fixtures}/**/*.test.ts'],
          exclude: ['**/*.e2e.test.ts'],
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: { name: 'e2e', include: ['lib/**/*.e2e.test.ts'], testTimeout: 120_000, retry: 1, fileParallelism: false, sequence: { groupOrder: 3 } },
      },
    ],
  },
});
