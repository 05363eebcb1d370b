import { expect, it } from 'vitest';
import { nearest } from './near-match.ts';
import { traitOf } from './traits/index.ts';

it.each([
  ['smal', ' (near to it: small)'],
  ['rtsp', ' (near to it: rtsp-basic-only, rtsp-no-base)'],
  ['xyz', ''],
])('near to %j', (typed, expected) => {
  expect(nearest(typed, ['small', 'full', 'rtsp-no-base', 'rtsp-basic-only'].toSorted())).toBe(expected);
});

it('a quirk that there is not is one sentence', () => {
  expect(() => traitOf('rtsp-no-reson')).toThrow(/^There is no quirk "rtsp-no-reson" \(near to it: rtsp-no-reason.*\); --quirks lists them\.$/);
});
