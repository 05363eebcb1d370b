import { describe, expect, it } from 'vitest';
import { formatBmp } from './bmp.ts';
import { formatJpeg } from './jpeg-writer.ts';
import { decodePicture, formatOf } from './picture.ts';
import type { Pixels } from './pixels.ts';
import { formatYuv420, parseYuv420, yuv420Bytes } from './yuv.ts';

/** Odd sizes; the left half red, the right half blue, a green last row. */
const WIDTH = 37;
const HEIGHT = 21;
const colourAt = (x: number, y: number): readonly [number, number, number] => (y === HEIGHT - 1 ? [0, 200, 0] : x < 18 ? [200, 0, 0] : [0, 0, 200]);
const pixels: Pixels = {
  width: WIDTH,
  height: HEIGHT,
  rgba: Uint8Array.from({ length: WIDTH * HEIGHT * 4 }, (_, index) => {
    const at = index >> 2;
    return colourAt(at % WIDTH, Math.floor(at / WIDTH))[index & 3] ?? 255;
  }),
};
const at = ({ width, rgba }: Pixels, x: number, y: number): number[] => [...rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
const isNear = (a: readonly number[], b: readonly number[], by: number): boolean =>
  a.every((value, index) => Math.abs(value - (b[index] ?? 0)) <= by);

describe('pictures', () => {
  it('come back from JPEG nearly as they were', async () => {
    const bytes = formatJpeg(pixels);
    expect(formatOf(bytes)).toBe('jpeg');
    const picture = await decodePicture(bytes);
    expect(picture).toMatchObject({ format: 'jpeg', width: WIDTH, height: HEIGHT });
    expect(isNear(at(picture, 3, 3), colourAt(3, 3), 12)).toBe(true);
    expect(isNear(at(picture, 34, 3), colourAt(34, 3), 12)).toBe(true);
  });

  it('come back from BMP exactly', async () => {
    const bytes = formatBmp(pixels);
    expect(formatOf(bytes)).toBe('bmp');
    const picture = await decodePicture(bytes);
    expect(picture).toMatchObject({ format: 'bmp', width: WIDTH, height: HEIGHT });
    for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) expect(at(picture, x, y)).toEqual(colourAt(x, y));
  });

  it('come back from YUV nearly as they were', () => {
    const bytes = formatYuv420(pixels);
    expect(bytes).toHaveLength(WIDTH * HEIGHT + 2 * 19 * 11);
    expect(bytes).toHaveLength(yuv420Bytes(WIDTH, HEIGHT));
    const picture = parseYuv420(bytes, WIDTH, HEIGHT);
    expect(isNear(at(picture, 4, 4), colourAt(4, 4), 4)).toBe(true);
    expect(isNear(at(picture, 30, 10), colourAt(30, 10), 4)).toBe(true);
  });

  it('say in a sentence why they do not decode', async () => {
    await expect(decodePicture(new TextEncoder().encode('failed'))).rejects.toThrow('its 6 bytes begin neither as JPEG nor as BMP');
    await expect(decodePicture(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).rejects.toThrow('Could not decode the JPEG picture');
    expect(() => parseYuv420(new Uint8Array(5), 2, 2)).toThrow('2x2 has 6 bytes, not 5');
  });
});
