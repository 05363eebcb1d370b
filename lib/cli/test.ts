/**
 * `npm test`: the steps in order, each under its heading, up to the first that fails. The last line is `N passed, N failed`, the
 * tests of all vitest steps together; a step that fails without saying how many tests failed counts as one failure.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatTally, type Tally, tallyOf } from './tally.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Step {
  readonly heading: string;
  readonly program: string;
  readonly arguments: readonly string[];
  /** a vitest run, whose tests are counted */
  readonly counted?: true;
}

const STEPS: readonly Step[] = [
  { heading: 'Types', program: 'tsc', arguments: ['--noEmit'] },
  { heading: 'Format and lint', program: 'biome', arguments: ['check', '.'] },
  { heading: 'Unit tests', program: 'vitest', arguments: ['run', '--project', 'unit'], counted: true },
  { heading: 'End-to-end tests', program: 'vitest', arguments: ['run', '--project', 'e2e'], counted: true },
];

function run(step: Step, report: string): { readonly ok: boolean; readonly tally: Tally } {
  const program = join(ROOT, 'node_modules', '.bin', step.program);
  const reporters = step.counted === true ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
  const { status, error } = spawnSync(program, [...step.arguments, ...reporters], { cwd: ROOT, stdio: 'inherit' });
  if (error !== undefined) console.error(`Could not start ${step.program} (${error.message}): run \`npm ci\` first.`);
  const tally = step.counted === true && error === undefined ? tallyIn(report) : { passed: 0, failed: 0 };
  const ok = status === 0 && tally.failed === 0;
  return { ok, tally: ok ? tally : { passed: tally.passed, failed: Math.max(1, tally.failed) } };
}

function tallyIn(report: string): Tally {
  try {
    return tallyOf(JSON.parse(readFileSync(report, 'utf8')));
  } catch (error) {
    console.error(`Could not count the tests: ${(error as Error).message}`);
    return { passed: 0, failed: 1 };
  }
}

const folder = mkdtempSync(join(tmpdir(), 'test-'));
let total: Tally = { passed: 0, failed: 0 };
try {
  for (const [index, step] of STEPS.entries()) {
    console.log(`\n${step.heading}: ${step.program} ${step.arguments.join(' ')}`);
    const { ok, tally } = run(step, join(folder, `${index}.json`));
    total = { passed: total.passed + tally.passed, failed: total.failed + tally.failed };
    if (!ok) break;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${formatTally(total)}`);
