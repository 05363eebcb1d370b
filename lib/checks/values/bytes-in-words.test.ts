import { expect, test } from 'vitest';
import { bytesInWords } from './bytes-in-words.ts';

test.each<readonly [Uint8Array, string]>([
  [Uint8Array.of(), 'an empty body'],
  [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'a JPEG picture of 4 bytes'],
  [Buffer.from('BMxx'), 'a BMP picture of 4 bytes'],
  [Buffer.from('failed\r\n'), 'the text "failed"'],
  [Buffer.from('/9j/'.repeat(20)), '80 bytes of Base64'],
  [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 4), '9 bytes that begin with 89 50 4E 47 00 01 02 03'],
  [Uint8Array.of(7), '1 byte that is 07'],
  [Buffer.from('x'.repeat(50) + '!'.repeat(100)), `the text "${'x'.repeat(50)}${'!'.repeat(69)}…"`],
])('%o', (bytes, words) => expect(bytesInWords(bytes)).toBe(words));
