/**
 * The suites that test a camera, and three projects that test the suite itself. Which one a file belongs to its name says:
 *
 * - `*.test.ts`: unit tests. Files share their thread and its modules, so none replaces a module or leaves anything behind.
 * - `*.stream.test.ts`: judge streams in real time, and are let down by a processor that does other things first. `npm test` has all
 *   others give way to them.
 * - `*.e2e.test.ts`: start the commands as people do, and browsers.
 */
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './lib/runner/longest-first.ts';
import { SUITES } from './lib/runner/suites-config.ts';

const TESTS = '{lib,fixtures}/**/*';
const STREAMS = `${TESTS}.stream.test.ts`;
const COMMANDS = `${TESTS}.e2e.test.ts`;
/** Most of them wait for other processes, or for the next packet: as many as a small machine has processors. */
const AT_ONCE = 2;

export default defineConfig({
  test: {
    experimental: { fsModuleCache: true },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...SUITES,
          include: [...SUITES.include],
          globalSetup: ['lib/runner/global-setup.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'unit',
          include: [`${TESTS}.test.ts`],
          exclude: [STREAMS, COMMANDS],
          testTimeout: 30_000,
          isolate: false,
          pool: 'threads',
          maxWorkers: AT_ONCE,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'streams',
          include: [STREAMS],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          maxWorkers: AT_ONCE,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: { name: 'e2e', include: [COMMANDS], testTimeout: 120_000, hookTimeout: 60_000, maxWorkers: AT_ONCE, sequence: { groupOrder: 4 } },
      },
    ],
  },
});
