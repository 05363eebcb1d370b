/**
 * `npm run mutate -- lib/results lib/wire`: changes the code of these folders in small ways, one at a time, and looks whether a unit test
 * beside it notices (mutation testing, by Stryker). What was measured before is kept under `reports/mutation` and not run again. Ends with
 * 1 where less than 85 % of the changes of a folder are noticed. A whole folder takes minutes to an hour: a file can be named, too.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';

/** The core: what restores, what speaks to the camera, what measures, what judges. */
const CORE = ['lib/restore', 'lib/http', 'lib/rtsp', 'lib/media', 'lib/results', 'lib/execution', 'lib/wire'];
const LEAST = 85;

const root = fileURLToPath(new URL('../', import.meta.url));
const folders = process.argv.slice(2).length > 0 ? process.argv.slice(2) : CORE;

let isGood = true;
for (const folder of folders) {
  const name = folder.replaceAll('/', '-');
  mkdirSync(`${root}reports/mutation`, { recursive: true });
  process.env.MUTATED = folder;
  const mutants = await new Stryker({
    mutate: folder.endsWith('.ts') ? [folder] : [`${folder}/**/*.ts`, `!${folder}/**/*.test.ts`, `!${folder}/**/*.fixture.ts`],
    testRunner: 'vitest',
    vitest: { configFile: 'bench/vitest.config.ts', related: true },
    plugins: ['@stryker-mutator/vitest-runner'],
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    incremental: true,
    incrementalFile: `reports/mutation/${name}.incremental.json`,
    // It would read tsconfig.json by an interface that TypeScript 7 does not have; nothing extends it.
    tsconfigFile: 'none.json',
    tempDirName: 'reports/mutation/work',
    reporters: ['progress-append-only', 'clear-text', 'html'],
    htmlReporter: { fileName: `reports/mutation/${name}.html` },
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    concurrency: 2,
    timeoutMS: 5000,
  }).runMutationTest();
  const seen = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  const judged = mutants.filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status)).length;
  const share = judged === 0 ? 0 : (100 * seen) / judged;
  console.log(`${folder}: ${seen} of ${judged} changes noticed, ${share.toFixed(1)} %`);
  if (share < LEAST) isGood = false;
}
process.exitCode = isGood ? 0 : 1;
