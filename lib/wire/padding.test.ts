import { expect, test } from 'vitest';
import { withoutPadding } from './padding.ts';

test.each([
  ['{}\0\0 \r\n\0', '{}'],
  ['a\0b', 'a\0b'],
  [' \0 ', ''],
  ['', ''],
])('%j', (text, expected) => expect(withoutPadding(text)).toBe(expected));
