import { expect, test } from 'vitest';
import { printable, quotedLine, shorten } from './printable.ts';

test.each([
  ['plain ü 中 😀', 'plain ü 中 😀'],
  ['a\r\n\tb\0', 'a\\x0D\\x0A\\x09b\\x00'],
  ['\u001b[31mred\u007f\u009b', '\\x1B[31mred\\x7F\\x9B'],
  ['abc\u202etxt\u2066\u200f', 'abc\\u{202E}txt\\u{2066}\\u{200F}'],
  ['soft\u00adhyphen, tag \u{e0041}, separator \u2028', 'soft\\xADhyphen, tag \\u{E0041}, separator \\u{2028}'],
  ['half \ud83d pair', 'half \\u{D83D} pair'],
])('%j', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('shorten', () => {
  expect([shorten('abc', 3), shorten('abcd', 3), shorten('ab😀cd', 4), shorten('abc', 1)]).toEqual(['abc', 'ab…', 'ab…', '…']);
});

test('a line is quoted without its end, short and printable', () => {
  expect(quotedLine('RTSP/1.0\u0007 200\r\n')).toBe('RTSP/1.0\\x07 200');
  expect(quotedLine('x'.repeat(500))).toBe(`${'x'.repeat(119)}…`);
});
