import { describe, expect, it } from 'vitest';
import { fromHex } from './captured-streams.fixture.ts';
import { walkJpeg } from './jpeg-structure.ts';
import { formatJpeg } from './jpeg-writer.ts';
import { noise } from './noise.fixture.ts';

const jpeg = formatJpeg({ width: 40, height: 24, rgba: new Uint8Array(40 * 24 * 4).map((_, at) => (at * 31) & 255) });
const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

describe('a JPEG', () => {
  it('is walked from SOI to EOI', () => {
    const structure = walkJpeg(jpeg);
    expect(structure).toMatchObject({
      completeness: 'whole',
      frame: { process: 0, precision: 8, width: 40, height: 24, components: 3 },
      scans: 1,
      hasJfif: true,
      hasExif: false,
    });
    expect(structure.endOffset).toBe(jpeg.length - 2);
    expect(structure.trailing).toHaveLength(0);
    expect(structure.deviations).toEqual([]);
    const names = structure.segments.map(({ name }) => name);
    expect(names[0]).toBe('SOI');
    expect(names.at(-1)).toBe('EOI');
    expect(names).toEqual(expect.arrayContaining(['APP0', 'DQT', 'SOF0', 'DHT', 'SOS']));
    expect(structure.segments.reduce((sum, { bytes }) => sum + bytes, structure.codedBytes)).toBe(jpeg.length);
  });

  it.each<readonly [string, (whole: Uint8Array) => Uint8Array, string, readonly string[]]>([
    ['zeros after EOI', (whole) => join(whole, new Uint8Array(512)), 'whole', ['jpeg-trailing-zeros']],
    ['dhav after EOI', (whole) => join(whole, fromHex('64686176')), 'whole', ['jpeg-trailing-bytes']],
    ['EOI missing', (whole) => whole.subarray(0, -2), 'no-end', ['jpeg-no-end']],
    ['a lone ff at the end', (whole) => whole.subarray(0, -1), 'no-end', ['jpeg-no-end']],
    ['cut in the coded data', (whole) => whole.subarray(0, whole.length - 100), 'no-end', ['jpeg-no-end']],
    ['cut in the tables', (whole) => whole.subarray(0, 100), 'cut', ['jpeg-cut', 'jpeg-no-frame', 'jpeg-no-scan']],
    ['SOI alone', (whole) => whole.subarray(0, 2), 'cut', ['jpeg-cut', 'jpeg-no-frame', 'jpeg-no-scan']],
    ['SOI and EOI', () => fromHex('ffd8ffd9'), 'whole', ['jpeg-no-frame', 'jpeg-no-scan']],
    ['an HTML page', () => new TextEncoder().encode('<html>'), 'not-jpeg', ['jpeg-no-start']],
    ['nothing', () => new Uint8Array(), 'not-jpeg', ['jpeg-no-start']],
    ['junk between segments', (whole) => join(whole.subarray(0, 2), fromHex('0102'), whole.subarray(2)), 'whole', ['jpeg-bytes-between-segments']],
    ['fill bytes before a marker', (whole) => join(whole.subarray(0, 2), fromHex('ffff'), whole.subarray(2)), 'whole', []],
    ['no APP0', (whole) => join(whole.subarray(0, 2), whole.subarray(20)), 'whole', []],
  ])('with %s', (_, change, completeness, ids) => {
    const structure = walkJpeg(change(jpeg));
    expect(structure.completeness).toBe(completeness);
    expect(structure.deviations.map(({ id }) => id)).toEqual(ids);
  });

  it('does not end inside a thumbnail, at a stuffed ff or at a restart', () => {
    const exif = join(fromHex('ffe1 000e'), new TextEncoder().encode('Exif\0\0'), fromHex('ffd8 ffd9 0000'));
    const scan = fromHex('ffda 0008 01 01 00 00 3f 00 12 ff00 34 ffd0 56');
    const structure = walkJpeg(join(fromHex('ffd8'), exif, fromHex('ffc0 000b 08 0010 0020 01 01 11 00'), scan, fromHex('ffd9')));
    expect(structure).toMatchObject({
      completeness: 'whole',
      hasExif: true,
      codedBytes: 7,
      frame: { width: 32, height: 16, components: 1 },
      deviations: [],
    });
  });

  it('is never too broken to be walked', () => {
    for (const bytes of noise(600, jpeg)) expect(walkJpeg(bytes).segments.length).toBeLessThanOrEqual(bytes.length / 2);
  });
});
