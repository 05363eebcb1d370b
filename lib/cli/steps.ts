/** Programs that judge this project, side by side, each shown under its heading and to its end; what came of them together. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InTurn, type Turn } from './in-turn.ts';
import { type Tally, tallyOf } from './tally.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Step {
  readonly heading: string;
  readonly program: string;
  readonly arguments: readonly string[];
  /** a vitest run, whose tests are counted */
  readonly counted?: true;
}

export interface Lane {
  /** when the processor has too little for all lanes */
  readonly givesWay: boolean;
  readonly steps: readonly Step[];
}

/**
 * Each lane goes through its steps, whatever comes of them: who mends one thing wants to know of the others. A step that fails without
 * saying how many tests failed counts as one failure.
 */
export async function runSteps(lanes: readonly Lane[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'steps-'));
  const output = new InTurn((text) => process.stdout.write(text));
  try {
    const waiting = lanes.map(({ givesWay, steps }) => ({ givesWay, steps: steps.map((step) => ({ step, turn: output.next() })) }));
    const tallies = await Promise.all(
      waiting.map(async ({ givesWay, steps }) => {
        const done: Tally[] = [];
        for (const { step, turn } of steps) done.push(await run(step, { givesWay, turn, report: join(folder, `${step.heading}.json`) }));
        return done;
      }),
    );
    const sum = (count: (tally: Tally) => number): number => tallies.flat().reduce((all, tally) => all + count(tally), 0);
    return { passed: sum(({ passed }) => passed), failed: sum(({ failed }) => failed) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Place {
  readonly givesWay: boolean;
  readonly turn: Turn;
  /** where vitest writes what it counted */
  readonly report: string;
}

async function run(step: Step, { givesWay, turn, report }: Place): Promise<Tally> {
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
    // It may have ended, or the system allows it not; then the machine has to be quick enough for all.
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
