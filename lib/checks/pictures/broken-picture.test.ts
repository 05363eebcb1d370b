import { expect, test } from 'vitest';
import { formatBmp } from '../../media/bmp.ts';
import { whyUndecodable } from './broken-picture.ts';

test('a picture that claims to be larger than any camera has is not decoded, and says so', () => {
  const bmp = Buffer.from(formatBmp({ width: 8, height: 8, rgba: new Uint8Array(8 * 8 * 4) }));
  bmp.writeInt32LE(65_535, 18);
  bmp.writeInt32LE(-65_535, 22);
  expect(whyUndecodable(bmp, new Error('no'))).toBe(
    'a BMP picture of 246 bytes that claims 65535x65535: pictures of more than 21 million pixels are not decoded',
  );
});
