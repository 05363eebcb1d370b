/** How vitest runs the suites: one worker, no isolation, in the order of the document, against one camera. */
import { fileURLToPath } from 'node:url';
import type { InlineConfig } from 'vitest/node';

export const SUITES_PROJECT = 'conformance';
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const SUITES = {
  name: SUITES_PROJECT,
  include: ['suites/**/*.test.ts'],
  setupFiles: [fileURLToPath(new URL('./register-with-vitest.ts', import.meta.url))],
  /** the suites share one session with the camera */
  isolate: false,
  fileParallelism: false,
  pool: 'threads',
} as const satisfies InlineConfig;
