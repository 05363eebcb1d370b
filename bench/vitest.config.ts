/** How `npm run mutate` runs the unit tests beside the code that it changes. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [`${process.env.MUTATED ?? 'lib'}/**/*.test.ts`.replace(/\/[^/]+\.ts\/\*\*/, '/**')],
    exclude: ['**/*.e2e.test.ts', '**/*.stream.test.ts'],
    testTimeout: 30_000,
  },
});
