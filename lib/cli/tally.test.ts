import { expect, test } from 'vitest';
import { formatTally, tallyOf } from './tally.ts';

const report = (changes: Record<string, unknown>) => ({ success: true, numPassedTests: 5, numFailedTests: 0, testResults: [], ...changes });
const file = (status: string, tests: number) => ({ status, assertionResults: Array.from({ length: tests }, () => ({})) });

test.each([
  ['all pass', report({}), '5 passed, 0 failed'],
  ['tests fail', report({ success: false, numFailedTests: 2, testResults: [file('failed', 3)] }), '5 passed, 2 failed'],
  ['a file does not load', report({ success: false, testResults: [file('failed', 0), file('passed', 5)] }), '5 passed, 1 failed'],
  ['a test fails and a file does not load', report({ success: false, numFailedTests: 1, testResults: [file('failed', 0)] }), '5 passed, 2 failed'],
  ['an error outside the tests', report({ success: false, testResults: [file('passed', 5)] }), '5 passed, 1 failed'],
  ['nothing ran', report({ numPassedTests: 0 }), '0 passed, 1 failed'],
])('%s', (_name, json, line) => {
  expect(formatTally(tallyOf(json))).toBe(line);
});

test('a report of another form is an error', () => {
  expect(() => tallyOf({})).toThrow();
});
