import { expect, test } from 'vitest';
import { withoutLineEnds, withoutPadding } from './without-end.ts';

test.each([
  ['{}\0\0 \r\n\0', '{}'],
  ['a\0b', 'a\0b'],
  [' \0 ', ''],
  ['', ''],
])('%j', (text, expected) => expect(withoutPadding(text)).toBe(expected));

test.each([
  ['a\r\n', 'a'],
  ['a\n\nb\n\r', 'a\n\nb'],
  ['\r\n', ''],
])('line ends of %j', (text, expected) => expect(withoutLineEnds(text)).toBe(expected));
