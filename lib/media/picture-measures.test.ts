import { describe, expect, it } from 'vitest';
import {
  downscale,
  flipVertical,
  meanAbsoluteDifference,
  meanChroma,
  meanLuma,
  mirrorHorizontal,
  regionOf,
  regionStatistics,
  rotate,
  scaledToPicture,
} from './picture-measures.ts';
import type { Pixels } from './pixels.ts';

type Colour = readonly [number, number, number];
const paint = (width: number, height: number, colourAt: (x: number, y: number) => Colour): Pixels => {
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rgba.set([...colourAt(x, y), 255], (y * width + x) * 4);
  return { width, height, rgba };
};
const reds = ({ width, rgba }: Pixels): readonly (readonly number[])[] =>
  Array.from({ length: rgba.length / 4 / width }, (_, y) => Array.from({ length: width }, (_, x) => rgba[(y * width + x) * 4] as number));
/** rows [1 2 3] and [4 5 6] */
const numbered = paint(3, 2, (x, y) => [1 + x + 3 * y, 0, 0]);
const flat = (colour: Colour): Pixels => paint(44, 36, () => colour);

describe('pictures', () => {
  it.each<readonly [string, (picture: Pixels) => Pixels, readonly (readonly number[])[]]>([
    [
      'upside down',
      flipVertical,
      [
        [4, 5, 6],
        [1, 2, 3],
      ],
    ],
    [
      'mirrored',
      mirrorHorizontal,
      [
        [3, 2, 1],
        [6, 5, 4],
      ],
    ],
    [
      'turned by 0',
      (picture) => rotate(picture, 0),
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      'turned by 90',
      (picture) => rotate(picture, 90),
      [
        [4, 1],
        [5, 2],
        [6, 3],
      ],
    ],
    [
      'turned by 180',
      (picture) => rotate(picture, 180),
      [
        [6, 5, 4],
        [3, 2, 1],
      ],
    ],
    [
      'turned by 270',
      (picture) => rotate(picture, 270),
      [
        [3, 6],
        [2, 5],
        [1, 4],
      ],
    ],
  ])('are %s', (_, transform, rows) => {
    const before = Uint8Array.from(numbered.rgba);
    const after = transform(numbered);
    expect(reds(after)).toEqual(rows);
    expect([after.width, after.height]).toEqual([rows[0]?.length, rows.length]);
    expect(numbered.rgba).toEqual(before);
  });

  it('are scaled down by the mean of each box', () => {
    expect(
      reds(
        downscale(
          paint(4, 4, (x, y) => [x < 2 ? 10 : 20, y, 0]),
          2,
          2,
        ),
      ),
    ).toEqual([
      [10, 20],
      [10, 20],
    ]);
    expect(reds(downscale(numbered, 1, 1))).toEqual([[4]]);
    expect(reds(downscale(numbered, 6, 2))).toEqual([
      [1, 1, 2, 2, 3, 3],
      [4, 4, 5, 5, 6, 6],
    ]);
    expect(() => downscale(numbered, 0, 1)).toThrow(RangeError);
  });

  it('differ by the mean over pixels and channels', () => {
    expect(meanAbsoluteDifference(flat([10, 20, 30]), flat([10, 20, 30]))).toBe(0);
    expect(meanAbsoluteDifference(flat([10, 20, 30]), flat([13, 14, 30]))).toBe(3);
    expect(meanAbsoluteDifference(flat([0, 0, 0]), flat([255, 255, 255]))).toBe(255);
    expect(() => meanAbsoluteDifference(numbered, rotate(numbered, 90))).toThrow("3x2 and 2x3 can't be compared.");
  });

  it.each<readonly [Colour, number, number]>([
    [[128, 128, 128], 0, 128],
    [[255, 0, 0], 255, 76.245],
    [[200, 150, 100], 100, 159.25],
    [[0, 0, 0], 0, 0],
  ])('of the colour %j have a chroma of %d and a luma of %d', (colour, chroma, luma) => {
    expect(meanChroma(flat(colour))).toBe(chroma);
    expect(meanLuma(flat(colour))).toBeCloseTo(luma, 6);
  });

  it('need as many bytes as they have pixels', () => {
    expect(() => meanLuma({ width: 2, height: 2, rgba: new Uint8Array(15) })).toThrow('2x2 pixels have 16 bytes, not 15.');
  });

  it('may lie anywhere in a buffer', () => {
    const shifted = new Uint8Array(numbered.rgba.length + 1).subarray(1);
    shifted.set(numbered.rgba);
    expect(reds(mirrorHorizontal({ ...numbered, rgba: shifted }))).toEqual([
      [3, 2, 1],
      [6, 5, 4],
    ]);
  });
});

describe('a region of the raster', () => {
  it.each([
    [
      { x: 0, y: 0, width: 704, height: 576 },
      { x: 0, y: 0, width: 1408, height: 1152 },
    ],
    [
      { x: 352, y: 288, width: 10, height: 20 },
      { x: 704, y: 576, width: 20, height: 40 },
    ],
    [
      { x: 704, y: 576, width: 0, height: 0 },
      { x: 1407, y: 1151, width: 1, height: 1 },
    ],
    [
      { x: 600, y: 500, width: 500, height: 500 },
      { x: 1200, y: 1000, width: 208, height: 152 },
    ],
    [
      { x: -5, y: -5, width: 10, height: 10 },
      { x: 0, y: 0, width: 10, height: 10 },
    ],
  ])('%j becomes pixels inside the picture', (region, pixels) => expect(scaledToPicture(region, { width: 1408, height: 1152 })).toEqual(pixels));

  it('is measured apart from the rest', () => {
    // a black mask on the left half of a chequered picture
    const picture = paint(88, 72, (x, y) => (x < 44 ? [0, 0, 0] : (x + y) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
    const masked = regionStatistics(picture, { x: 0, y: 0, width: 352, height: 576 });
    expect(masked).toEqual({
      pixels: { x: 0, y: 0, width: 44, height: 72 },
      mean: { red: 0, green: 0, blue: 0 },
      luma: 0,
      variance: 0,
      uniformity: 1,
    });
    const rest = regionStatistics(picture, { x: 352, y: 0, width: 352, height: 576 });
    expect(rest.luma).toBeCloseTo(127.5);
    expect(rest.variance).toBeCloseTo(127.5 ** 2);
    expect(rest.uniformity).toBe(0);
    expect(regionStatistics(picture, { x: 0, y: 0, width: 360, height: 576 }).uniformity).toBeLessThan(1);
    expect(regionStatistics(picture, { x: 0, y: 0, width: 360, height: 576 }, 1)).toMatchObject({
      pixels: { x: 1, y: 1, width: 43, height: 70 },
      uniformity: 1,
    });
    expect(reds(regionOf(numbered, { x: 240, y: 300, width: 470, height: 280 }))).toEqual([[5, 6]]);
  });
});

it('takes a fraction of a second for each measure of 2560x1440 (15 to 60 ms alone on the machine)', () => {
  const large: Pixels = { width: 2560, height: 1440, rgba: new Uint8Array(2560 * 1440 * 4).map((_, at) => (at * 7) & 255) };
  const measures: readonly (() => unknown)[] = [
    () => downscale(large, 32, 18),
    () => meanAbsoluteDifference(large, large),
    () => flipVertical(large),
    () => mirrorHorizontal(large),
    () => rotate(large, 90),
    () => rotate(large, 270),
    () => meanChroma(large),
    () => meanLuma(large),
    () => regionStatistics(large, { x: 0, y: 0, width: 704, height: 576 }),
  ];
  for (const measure of measures) {
    // the best of three: the machine may be busy with other tests
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      measure();
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(400);
  }
});
