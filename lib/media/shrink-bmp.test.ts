import { expect, test } from 'vitest';
import { formatBmp } from './bmp.ts';
import { shrinkBmp } from './shrink-bmp.ts';

/** Each pixel has a colour of its own. */
const pixels = (width: number, height: number) => {
  const rgba = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at += 1) rgba.set([at % 256, at >> 8, 7, 255], at * 4);
  return { width, height, rgba };
};
const everyThird = (width: number, height: number) => {
  const { rgba } = pixels(width, height);
  const small = { width: Math.ceil(width / 3), height: Math.ceil(height / 3) };
  const left = new Uint8Array(small.width * small.height * 4);
  for (let y = 0; y < small.height; y += 1)
    for (let x = 0; x < small.width; x += 1) left.set(rgba.subarray((y * 3 * width + x * 3) * 4).subarray(0, 4), (y * small.width + x) * 4);
  return { ...small, rgba: left };
};

test('every third pixel of every third row is left, whatever the width', () => {
  for (const [width, height] of [
    [30, 9],
    [29, 8],
    [28, 7],
  ] as const) {
    expect(shrinkBmp(formatBmp(pixels(width, height)), 10)).toEqual({
      bytes: formatBmp(everyThird(width, height)),
      width: 10,
      height: Math.ceil(height / 3),
    });
  }
});

test('rows from the top down are turned, 32 bits become 24', () => {
  const [top, wide] = [Buffer.alloc(54 + 8), Buffer.alloc(54 + 8)];
  for (const [bytes, width, rows] of [
    [top, 1, -2],
    [wide, 2, 1],
  ] as const) {
    bytes.write('BM', 0, 'latin1');
    bytes.writeUInt32LE(54, 10);
    bytes.writeInt32LE(width, 18);
    bytes.writeInt32LE(rows, 22);
    bytes.writeUInt16LE(bytes === top ? 24 : 32, 28);
    bytes.set(bytes === top ? [1, 2, 3, 0, 4, 5, 6, 0] : [1, 2, 3, 9, 4, 5, 6, 9], 54);
  }
  const rgba = Uint8Array.from([3, 2, 1, 255, 6, 5, 4, 255]);
  expect(shrinkBmp(top, 10)?.bytes).toEqual(formatBmp({ width: 1, height: 2, rgba }));
  expect(shrinkBmp(wide, 10)?.bytes).toEqual(formatBmp({ width: 2, height: 1, rgba }));
});

test('what is no such picture, or cut short, is none', () => {
  const whole = Buffer.from(formatBmp(pixels(4, 4)));
  const with8Bits = Buffer.from(whole);
  with8Bits.writeUInt16LE(8, 28);
  const compressed = Buffer.from(whole);
  compressed.writeUInt32LE(1, 30);
  const huge = Buffer.from(whole);
  huge.writeInt32LE(2 ** 31 - 1, 18);
  for (const bytes of [Buffer.alloc(0), Buffer.from('BM'), Buffer.alloc(60), with8Bits, compressed, huge, whole.subarray(0, -1)])
    expect(shrinkBmp(bytes, 10)).toBeNull();
});
