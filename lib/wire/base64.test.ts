import { expect, test } from 'vitest';
import { isBase64 } from './base64.ts';

test.each([
  ['aGVsbG8=', true],
  ['aGVs\r\nbG8=\r\n', true],
  ['aGVsbA==', true],
  ['', true],
  ['aGVs===', false],
  ['a=b', false],
  ['/9j/4AAQSkZJR....', false],
])('%j: %j', (text, expected) => expect(isBase64(text)).toBe(expected));

test('a megabyte of blanks that is none takes no longer than one that is', () => {
  const blanks = ' '.repeat(1_000_000);
  expect([isBase64(`${blanks}!`), isBase64(`a${blanks}=!`), isBase64(`a${blanks}=`)]).toEqual([false, false, true]);
});
