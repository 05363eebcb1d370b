import { describe, expect, it } from 'vitest';
import { formatBmp } from './bmp.ts';
import { walkJpeg } from './jpeg-structure.ts';
import { formatJpeg } from './jpeg-writer.ts';
import { decodePicture, formatOf } from './picture.ts';
import type { Pixels } from './pixels.ts';
import { thumbnail } from './thumbnail.ts';
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

describe('pictures that claim to be larger than any camera has', () => {
  const jpeg = Buffer.from(formatJpeg(pixels));
  const { offset = 0 } = walkJpeg(jpeg).segments.find(({ name }) => name === 'SOF0') ?? {};
  jpeg.writeUInt16BE(65_535, offset + 5);
  jpeg.writeUInt16BE(65_535, offset + 7);
  const bmp = Buffer.from(formatBmp(pixels));
  bmp.writeInt32LE(65_535, 18);
  bmp.writeInt32LE(-65_535, 22);

  it.each([
    ['JPEG', jpeg, /claims 65535x65535 pixels/],
    ['BMP', bmp, /claims 65535x-65535 pixels/],
  ])('are not decoded: %s', async (_, bytes, sentence) => {
    await expect(decodePicture(bytes)).rejects.toThrow(sentence);
  });

  it('are no small copy, either', () => expect(thumbnail(jpeg)).rejects.toThrow('Could not decode the picture'));
});

it('a JPEG of a million empty segments is walked for the first thousand', () => {
  const bytes = Buffer.concat([Buffer.from('ffd8', 'hex'), Buffer.alloc(4_000_000, Buffer.from('ffe10002', 'hex'))]);
  expect(walkJpeg(bytes)).toMatchObject({ completeness: 'cut', frame: null });
  expect(walkJpeg(bytes).segments).toHaveLength(1000);
});

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
