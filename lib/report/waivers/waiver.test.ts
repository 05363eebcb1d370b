import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleWaiver } from '../sample-results.ts';
import { dateOf, describeWaiver, isExpired, isMeant, validWaivers, waiverFor } from './waiver.ts';

// The same cases each time; another seed finds others.
fc.configureGlobal({ seed: 1 });

test('a waiver holds through its last day', () => {
  const waiver = sampleWaiver({ expires: '2026-12-31' });
  expect(['2026-02-28', '2026-12-31', '2027-01-01'].map((today) => isExpired(waiver, today))).toEqual([false, false, true]);
});

test('dateOf is the local date, with two digits each', () => {
  expect(dateOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  expect(dateOf(new Date(2026, 11, 31, 0, 0))).toBe('2026-12-31');
});

describe('isMeant', () => {
  test.each([
    ['video/bitrate/above-range', 'video/bitrate/above-range', true],
    ['video/bitrate/above-range', 'video/bitrate/above-range-2', false],
    ['video/bitrate', 'video/bitrate/above-range', false],
    ['video/*', 'video/bitrate/above-range', true],
    ['video/*', 'videos/bitrate', false],
    ['*/above-range', 'video/bitrate/above-range', true],
    ['*/above-range', 'video/above-range/x', false],
    ['video/*/above-*', 'video/bitrate/above-range', true],
    ['video/*bit*rate*/x', 'video/bitrate/x', true],
    ['ab*ba', 'aba', false],
    ['a*b*a', 'aba', true],
    ['a*bb*a', 'abba', true],
    ['a*bb*ba', 'abba', false],
    ['a.c', 'abc', false],
  ])('%s of %s: %s', (check, id, expected) => {
    expect(isMeant(check, id)).toBe(expected);
  });

  test('does as a regular expression does', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '.'), maxLength: 12 });
    fc.assert(
      fc.property(word, word, (check, id) => {
        const expression = new RegExp(`^${check.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 's');
        expect(isMeant(check, id)).toBe(expression.test(id));
      }),
      { numRuns: 2000 },
    );
  });
});

test('a waiver that names the very check comes before a pattern', () => {
  const waivers = [sampleWaiver({ check: 'video/*', who: 'joe' }), sampleWaiver()];
  expect(waiverFor('video/bitrate/above-range', waivers)?.who).toBe('jane');
  expect(waiverFor('video/x', waivers)?.who).toBe('joe');
  expect(waiverFor('osd/x', waivers)).toBeUndefined();
});

test('validWaivers leaves out the expired ones, and where they are written', () => {
  const old = { ...sampleWaiver({ expires: '2026-01-01' }), file: 'w.yaml', line: 1 };
  const good = { ...sampleWaiver(), file: 'w.yaml', line: 2 };
  expect(validWaivers([old, good], '2026-06-01')).toEqual([sampleWaiver()]);
});

test('describeWaiver says until when, who, where and why', () => {
  expect(describeWaiver(sampleWaiver())).toBe('waived until 2026-12-31 by jane, FW-12: mended in 2.1');
});
