import { describe, expect, it } from 'vitest';
import { fromHex } from './captured-streams.fixture.ts';
import { countJpegRows } from './jpeg-rows.ts';
import { walkJpeg } from './jpeg-structure.ts';
import { formatJpeg } from './jpeg-writer.ts';
import { noise } from './noise.fixture.ts';

const WIDTH = 70;
const HEIGHT = 100;
const colour = formatJpeg({ width: WIDTH, height: HEIGHT, rgba: new Uint8Array(WIDTH * HEIGHT * 4).map((_, at) => (at * at * 31) & 255) });
const cut = (share: number): Uint8Array => {
  const scan = walkJpeg(colour).segments.find(({ name }) => name === 'SOS');
  const start = (scan?.offset ?? 0) + (scan?.bytes ?? 0);
  return colour.subarray(0, start + Math.floor((colour.length - 2 - start) * share));
};

describe('the rows of a JPEG', () => {
  it('are all there when it is whole, or lacks its EOI only', () => {
    expect(countJpegRows(colour)).toEqual({ rows: HEIGHT, height: HEIGHT });
    expect(countJpegRows(colour.subarray(0, -2))).toEqual({ rows: HEIGHT, height: HEIGHT });
    expect(countJpegRows(cut(1))).toEqual({ rows: HEIGHT, height: HEIGHT });
  });

  it('are fewer when it was cut', () => {
    const rows = [0, 0.2, 0.5, 0.8, 0.99].map((share) => countJpegRows(cut(share))?.rows ?? -1);
    expect(rows[0]).toBe(0);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    expect(rows[2]).toBeGreaterThan(HEIGHT * 0.3);
    expect(rows[2]).toBeLessThan(HEIGHT * 0.7);
    expect(rows[4]).toBeLessThan(HEIGHT);
  });

  it('are counted around restart markers', () => {
    // grey, 16x16, a restart after each block; tables with one code each: DC size 0, AC end of block, "00" per block
    const head =
      'ffd8 ffc0000b 08 0010 0010 01 01 11 00 ffc40014 00 01000000000000000000000000000000 00 ffc40014 10 01000000000000000000000000000000 00 ffdd0004 0001 ffda0008 01 01 00 00 3f 00';
    expect(countJpegRows(fromHex(`${head} 3f ffd0 3f ffd1 3f ffd2 3f ffd9`))).toEqual({ rows: 16, height: 16 });
    expect(countJpegRows(fromHex(`${head} 3f ffd0 3f ffd1 3f ffd9`))).toEqual({ rows: 8, height: 16 });
    expect(countJpegRows(fromHex(`${head} 3f ffd9`))).toEqual({ rows: 0, height: 16 });
  });

  it('are not counted where that is not possible', () => {
    const progressive = Uint8Array.from(colour);
    const frame = walkJpeg(colour).segments.find(({ name }) => name === 'SOF0');
    progressive[(frame?.offset ?? 0) + 1] = 0xc2;
    for (const bytes of [progressive, colour.subarray(0, 50), fromHex('ffd8ffd9'), new Uint8Array()]) expect(countJpegRows(bytes)).toBeNull();
  });

  it('are counted in damaged pictures too', () => {
    for (const bytes of noise(100, colour)) expect(countJpegRows(bytes)?.rows ?? 0).toBeGreaterThanOrEqual(0);
  });
});
