/**
 * `npm test`: all that needs no camera. What judges streams in real time goes beside the rest, which gives way to it: a stream that is
 * starved of the processor is judged wrongly, and while one is watched the processor has time for other things. What the steps say is
 * shown one after the other, each under its heading. The last line is `N passed, N failed`, the tests of all vitest steps together; a
 * step that fails without saying how many tests failed counts as one failure.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InTurn, type Turn } from './in-turn.ts';
import { formatTally, type Tally, tallyOf } from './tally.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Step {
  readonly heading: string;
  readonly program: string;
  readonly arguments: readonly string[];
  /** a vitest run, whose tests are counted */
  readonly counted?: true;
}

const vitest = (heading: string, project: string): Step => ({
  heading,
  program: 'vitest',
  arguments: ['run', '--project', project],
  counted: true,
});

/** Each lane goes through its steps, whatever comes of them: who mends one thing wants to know of the others. */
const LANES: readonly { readonly givesWay: boolean; readonly steps: readonly Step[] }[] = [
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
];

const folder = mkdtempSync(join(tmpdir(), 'test-'));

async function run(step: Step, givesWay: boolean, turn: Turn): Promise<Tally> {
  const report = join(folder, `${step.heading}.json`);
  const reporters = step.counted === true ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
  turn.write(`\n${step.heading}: ${step.program} ${step.arguments.join(' ')}\n`);
  const child = spawn(join(ROOT, 'node_modules', '.bin', step.program), [...step.arguments, ...reporters], {
    cwd: ROOT,
    env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (givesWay) giveWay(child.pid);
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => turn.write(text));
  const code = await once(child, 'close').then(
    ([status]) => status as number | null,
    (error: Error) => {
      turn.write(`Could not start ${step.program} (${error.message}): run \`npm ci\` first.\n`);
      return null;
    },
  );
  const tally = step.counted === true && code !== null ? tallyIn(report, turn) : { passed: 0, failed: 0 };
  turn.end();
  return code === 0 && tally.failed === 0 ? tally : { passed: tally.passed, failed: Math.max(1, tally.failed) };
}

/** With all that it starts. */
function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It may have ended, or the system allows it not; then the machine has to be quick enough for both.
  }
}

function tallyIn(report: string, turn: Turn): Tally {
  try {
    return tallyOf(JSON.parse(readFileSync(report, 'utf8')));
  } catch (error) {
    turn.write(`Could not count the tests: ${(error as Error).message}\n`);
    return { passed: 0, failed: 1 };
  }
}

const output = new InTurn((text) => process.stdout.write(text));
try {
  const lanes = LANES.map((lane) => ({ ...lane, steps: lane.steps.map((step) => ({ step, turn: output.next() })) }));
  const tallies = await Promise.all(
    lanes.map(async ({ givesWay, steps }) => {
      const done: Tally[] = [];
      for (const { step, turn } of steps) done.push(await run(step, givesWay, turn));
      return done;
    }),
  );
  const sum = (count: (tally: Tally) => number): number => tallies.flat().reduce((all, tally) => all + count(tally), 0);
  const total: Tally = { passed: sum(({ passed }) => passed), failed: sum(({ failed }) => failed) };
  process.exitCode = total.failed === 0 ? 0 : 1;
  console.log(`\n${formatTally(total)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
