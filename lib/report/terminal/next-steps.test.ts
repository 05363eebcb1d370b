import { describe, expect, test } from 'vitest';
import { formatNotAllowed } from '../../results/not-allowed.ts';
import type { CheckResult, Results } from '../../results/results.ts';
import { sampleCheck, sampleResults, sampleWaiver } from '../../results/sample-results.fixture.ts';
import { nextSteps } from './next-steps.ts';

const AROUND = { reports: ['reports/statement.html'], restore: 'npm run restore -- --url http://c/', earlierRun: null };
const passed = sampleCheck();
const failed = sampleCheck({ id: 'osd/a[0]/b', verdict: 'fail' });
const left = (...hazards: string[]): CheckResult => sampleCheck({ verdict: 'skip', skipReason: 'not-allowed', message: formatNotAllowed(hazards) });

const steps = (checks: readonly CheckResult[], changes: Partial<Results>, around = AROUND): readonly string[] =>
  nextSteps(sampleResults(checks, changes), around).flatMap(({ what, how }) => [what, ...how.map((line) => `  ${line}`)]);

const READ = ['Read what was found', '  reports/statement.html'];
const REPEAT = ['Repeat the first failure', "  npm run conformance -- --check 'osd/a[0]/b'"];
const MORE = 'Test what was left out, if the camera may take it (the README says what may happen)';

describe('what to do next', () => {
  test('conformant: read, and test what was left out, by hazard, the most first', () => {
    expect(steps([passed], { exitCode: 0 })).toEqual(READ);
    expect(steps([passed, left('reboot'), left('ptz'), left('ptz'), left('reset', 'reboot')], { exitCode: 0 })).toEqual([
      ...READ,
      MORE,
      '  CAMERA_ALLOW=ptz          2 more checks',
      '  CAMERA_ALLOW=reboot       1 more check',
      '  CAMERA_ALLOW=reset,reboot 1 more check',
      '  CAMERA_ALLOW=all          4 more checks',
    ]);
  });

  test('failed: repeat the first one that is not waived, with the command that the run recorded', () => {
    const waived = { ...failed, id: 'x/y', waiver: sampleWaiver() };
    expect(steps([passed, waived, failed, left('door')], { exitCode: 1 })).toEqual([
      ...REPEAT,
      ...READ,
      MORE,
      '  CAMERA_ALLOW=door         1 more check',
    ]);
    const recorded = { command: 'npm run conformance -- --profile strict --check x', request: null };
    expect(steps([{ ...failed, reproduce: recorded }], { exitCode: 1 })[1]).toBe(`  ${recorded.command}`);
  });

  test('incomplete: put right what was wrong', () => {
    expect(steps([], { exitCode: 2, fault: 'Could not reach it.' })).toEqual(['Put that right, and run again', ...READ]);
    expect(steps([sampleCheck({ verdict: 'error' })], { exitCode: 2 }, { ...AROUND, reports: [] })).toEqual([
      'Repeat the first error',
      '  npm run conformance -- --check video/bitrate/above-range',
      'Tell those who look after the suite',
      '  It is no failure of the camera; results.json holds what they need.',
    ]);
    expect(steps([left('ptz')], { exitCode: 2 }, { ...AROUND, reports: [] })).toEqual([MORE, '  CAMERA_ALLOW=ptz          1 more check']);
  });

  test('left modified: put the camera back before anything else; an embedded one is gone', () => {
    const lines = steps([failed], { exitCode: 3 });
    expect(lines.slice(0, 2)).toEqual(['Put the camera back, when it answers', '  npm run restore -- --url http://c/']);
    expect(lines.slice(3)).toEqual([...REPEAT, ...READ]);
    expect(nextSteps(sampleResults([failed], { exitCode: 3 }), { reports: [], restore: null, earlierRun: null }).map(({ what }) => what)).toEqual([
      'Repeat the first failure',
    ]);
  });
});
