/**
 * `npm test`: all that needs no camera. What judges streams in real time goes beside the rest, which gives way to it: a stream that is
 * starved of the processor is judged wrongly, and while one is watched the processor has time for other things. The last line is
 * `N passed, N failed`, the tests of all vitest steps together.
 */
import { runSteps, type Step } from './steps.ts';
import { formatTally } from './tally.ts';

const vitest = (heading: string, project: string): Step => ({ heading, program: 'vitest', arguments: ['run', '--project', project], counted: true });

const total = await runSteps([
  {
    givesWay: true,
    steps: [
      { heading: 'Types', program: 'tsc', arguments: ['--noEmit'] },
      { heading: 'Format and lint', program: 'biome', arguments: ['check', '.'] },
      vitest('Unit tests', 'unit'),
      vitest('End-to-end tests', 'e2e'),
    ],
  },
  { givesWay: false, steps: [vitest('Streams in real time', 'streams')] },
]);
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${formatTally(total)}`);
