/**
 * `npm run check`, while one works: formats and lints, then looks at the types and runs the unit tests that what is not committed
 * concerns. It takes seconds and proves little of what streams and processes do: `npm test` does.
 */
import { runSteps } from './steps.ts';

const formatted = await runSteps([
  { givesWay: false, steps: [{ heading: 'Format and lint', program: 'biome', arguments: ['check', '--write', '.'] }] },
]);
const judged = await runSteps([
  { givesWay: false, steps: [{ heading: 'Types', program: 'tsc', arguments: ['--noEmit'] }] },
  { givesWay: false, steps: [{ heading: 'Unit tests', program: 'vitest', arguments: ['run', '--project', 'unit', '--changed'] }] },
]);
process.exitCode = formatted.failed + judged.failed === 0 ? 0 : 1;
