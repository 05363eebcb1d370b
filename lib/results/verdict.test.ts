import { describe, expect, test } from 'vitest';
import type { CheckResult, Results } from './results.ts';
import { sampleWaiver } from './sample-results.fixture.ts';
import { EXIT_CODES, type ExitCode, exitMeaning, type RunOutcome, verdictOf } from './verdict.ts';

type Judged = Pick<CheckResult, 'level' | 'verdict' | 'waiver'>;
const check = (level: Judged['level'], verdict: Judged['verdict']): Judged => ({ level, verdict });

const pass = check('must', 'pass');
const fail = check('must', 'fail');
const waived: Judged = { ...fail, waiver: sampleWaiver() };
const warn = check('should', 'warn');
const error = check('must', 'error');
const skip = check('must', 'skip');
const recommended = check('should', 'pass');
const note = check('note', 'pass');

/** The checks of a run that was completed and put the camera back, and its exit code. */
const RUNS: readonly (readonly [name: string, checks: readonly Judged[], exitCode: ExitCode])[] = [
  ['nothing', [], 2],
  ['a pass', [pass], 0],
  ['a pass and a warning', [pass, warn], 0],
  ['a pass, a skip, a recommended pass and a note', [pass, skip, recommended, note], 0],
  ['a failure', [fail], 1],
  ['a pass and a failure', [pass, fail], 1],
  ['a failure, a warning and a skip', [fail, warn, skip], 1],
  ['a waived failure', [waived], 0],
  ['a waived failure and a pass', [waived, pass], 0],
  ['a waived failure and another', [waived, fail], 1],
  ['a waived failure and an error', [waived, error], 2],
  ['an error', [error], 2],
  ['a pass and an error', [pass, error], 2],
  ['a failure and an error', [fail, error], 2],
  ['a pass and an error of a recommended check', [pass, check('should', 'error')], 2],
  ['skips only', [skip, skip], 2],
  ['warnings only', [warn], 2],
  ['recommended passes only', [recommended], 2],
  ['notes only', [note], 2],
];
const VERDICTS: Readonly<Record<0 | 1 | 2, Results['verdict']>> = { 0: 'conformant', 1: 'non-conformant', 2: 'incomplete' };

describe.each(RUNS)('%s', (_name, checks, exitCode) => {
  describe.each([null, 'the camera went away'])('with the fault %j', (fault) => {
    describe.each([false, true])('with an empty selection: %j', (selectionEmpty) => {
      const completed = fault === null && !selectionEmpty;
      const expected = completed ? exitCode : 2;

      test.each(['restored', 'not-needed'] as const)('%s', (verdict) => {
        expect(verdictOf({ checks, api: 'cgi', restore: { verdict }, fault, selectionEmpty })).toEqual({
          verdict: VERDICTS[expected as 0 | 1 | 2],
          exitCode: expected,
        });
      });

      test('left-modified outranks all, and is never conformant', () => {
        expect(verdictOf({ checks, api: 'cgi', restore: { verdict: 'left-modified' }, fault, selectionEmpty })).toEqual({
          verdict: expected === 1 ? 'non-conformant' : 'incomplete',
          exitCode: 3,
        });
      });
    });
  });
});

test("by another interface than the document's no camera is called conformant, and what fails fails", () => {
  const by = (checks: RunOutcome['checks']) =>
    verdictOf({ checks, api: 'web', restore: { verdict: 'restored' }, fault: null, selectionEmpty: false });
  expect([by([pass]), by([pass, fail])]).toEqual([
    { verdict: 'same-settings', exitCode: 0 },
    { verdict: 'non-conformant', exitCode: 1 },
  ]);
  expect([exitMeaning(by([pass])), exitMeaning({ verdict: 'conformant', exitCode: 0 })]).toEqual([
    "same settings as documented, other interface: no required check failed and the camera's settings are as they were",
    EXIT_CODES[0],
  ]);
});

test('the table of runs gives each exit code but 3, which is tested with every run', () => {
  expect([...new Set(RUNS.map(([, , code]) => code)), 3].sort()).toEqual(Object.keys(EXIT_CODES).map(Number));
});
