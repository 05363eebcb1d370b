import { expect, test } from 'vitest';
import { ahead, moment } from './epoch.ts';

test.each([
  [1_795_432_371, '1795432371 (2026-11-23 11:12:51 UTC)'],
  [0, '0 (1970-01-01 00:00:00 UTC)'],
  [-5, '-5'],
  [1_795_432_371_000, '1795432371000 (in milliseconds 2026-11-23 11:12:51 UTC)'],
  [1_795_432_371_000_000, '1795432371000000'],
  [Number.NaN, 'NaN'],
])('%d as a moment', (epoch, words) => expect(moment(epoch)).toBe(words));

test.each([
  [3600, '3600 s ahead, which is 1 h: as much as a time zone'],
  [-28_799, '28799 s behind, which is 8 h: as much as a time zone'],
  [20_700, '20700 s ahead, which is 5.75 h: as much as a time zone'],
  [5.4, '5 s ahead'],
  [-900, '900 s behind'],
  [-946_684_800, '946684800 s behind: perhaps another unit or another year from which it counts'],
])('off by %d s', (difference, words) => expect(ahead(difference, 3)).toBe(words));
