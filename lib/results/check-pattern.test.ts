import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMeant, mayConcern } from './check-pattern.ts';

// The same cases each time; another seed finds others.
fc.configureGlobal({ seed: 1 });

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
    ['21.2/bitrate/above-range', 'video/bitrate/above-range', true],
    ['21/bitrate/above-range', 'video/bitrate/above-range', true],
    ['21.1/bitrate/above-range', 'video/bitrate/above-range', false],
    ['21.20/bitrate/above-range', 'video/bitrate/above-range', false],
    ['2/bitrate/above-range', 'video/bitrate/above-range', false],
    ['21.2/*/above-*', 'video/bitrate/above-range', true],
    ['21.2', 'video', true],
  ])('%s of %s: %s', (check, id, expected) => {
    expect(isMeant(check, { id, place: '21.2' })).toBe(expected);
  });

  test('does as a regular expression does', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '.'), maxLength: 12 });
    fc.assert(
      fc.property(word, word, (check, id) => {
        const expression = new RegExp(`^${check.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 's');
        expect(isMeant(check, { id, place: '21.2' })).toBe(expression.test(id));
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['video/x', true],
  ['video', true],
  ['osd/x', false],
  ['vi*', true],
  ['*/x', true],
  ['21.1/x', true],
  ['2/x', false],
] as const)('%s may concern the section video: %s', (pattern, expected) => {
  expect(mayConcern(pattern, { number: 21, slug: 'video' })).toBe(expected);
});
