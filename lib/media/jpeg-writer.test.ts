import { describe, expect, it } from 'vitest';
import { formatJpeg } from './jpeg-writer.ts';
import { decodePicture } from './picture.ts';
import type { Pixels } from './pixels.ts';

/** Colours that change slowly, with one hard edge. */
function picture(width: number, height: number): Pixels {
  const rgba = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    rgba.set(x < width / 2 ? [40, 40, 40, 255] : [(x * 3) & 255, 128 + (y >> 1), 200 - x, 255], at * 4);
  }
  return { width, height, rgba };
}

const differenceOf = (a: Uint8Array, b: Uint8Array): number => a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] as number)), 0) / a.length;

describe('JPEG', () => {
  it.each([
    [64, 48],
    [17, 33],
    [1, 1],
    [100, 7],
  ])('of %d x %d decodes to what was written', async (width, height) => {
    const original = picture(width, height);
    const bytes = formatJpeg(original);
    const decoded = await decodePicture(bytes);
    expect([decoded.format, decoded.width, decoded.height]).toEqual(['jpeg', width, height]);
    expect(differenceOf(decoded.rgba, original.rgba)).toBeLessThan(6);
    expect(Buffer.from(bytes.subarray(-2)).toString('hex')).toBe('ffd9');
  });

  it('keeps areas of one colour, and grey without colour', async () => {
    for (const colour of [
      [235, 16, 16],
      [90, 90, 90],
    ]) {
      const rgba = Uint8Array.from({ length: 32 * 32 * 4 }, (_, at) => [...colour, 255][at % 4] as number);
      const decoded = await decodePicture(formatJpeg({ width: 32, height: 32, rgba }));
      expect(differenceOf(decoded.rgba, rgba)).toBeLessThan(1.5);
      if (colour[0] === 90) expect(decoded.rgba[0]).toBe(decoded.rgba[1]);
    }
  });

  it('is the same for the same picture', () => {
    expect(formatJpeg(picture(40, 40))).toEqual(formatJpeg(picture(40, 40)));
  });
});
