import { expect, test } from 'vitest';
import { counted, seconds, shareOf } from './quantities.ts';

test.each([
  [0, '0 packets'],
  [1, '1 packet'],
  [2, '2 packets'],
])('%i of a noun', (count, words) => expect(counted(count, 'packet')).toBe(words));

test('a noun with a plural of its own', () => expect([1, 3].map((count) => counted(count, 'entry', 'entries'))).toEqual(['1 entry', '3 entries']));

test.each([
  [1026, 2048, '50 % of it, about half'],
  [512, 2048, '25 % of it, about a quarter'],
  [2048, 1024, '200 % of it, about double'],
  [1536, 2048, '75 % of it'],
  [256, 2048, '13 % of it, about an eighth: perhaps bytes for bits'],
])('%i of %i', (found, wanted, words) => expect(shareOf(found, wanted)).toBe(words));

test('milliseconds as seconds', () => expect(seconds(2049)).toBe('2.0 s'));
