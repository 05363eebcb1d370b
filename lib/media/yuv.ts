/** Raw YUV, planar 4:2:0 (I420), BT.601 with limited range: all of Y, then U and V at half width and height. No header. */
import type { Pixels } from './pixels.ts';

/** Bytes of a picture of that size. */
export const yuv420Bytes = (width: number, height: number): number => width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);

export function formatYuv420({ width, height, rgba }: Pixels): Uint8Array {
  const bytes = new Uint8Array(yuv420Bytes(width, height));
  const halfWidth = Math.ceil(width / 2);
  const u = width * height;
  const v = u + halfWidth * Math.ceil(height / 2);
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0; x < width; x++, from += 4) {
      const r = rgba[from] as number;
      const g = rgba[from + 1] as number;
      const b = rgba[from + 2] as number;
      bytes[y * width + x] = ((66 * r + 129 * g + 25 * b + 128) >> 8) + 16;
      if ((x | y) & 1) continue;
      const half = (y >> 1) * halfWidth + (x >> 1);
      bytes[u + half] = ((-38 * r - 74 * g + 112 * b + 128) >> 8) + 128;
      bytes[v + half] = ((112 * r - 94 * g - 18 * b + 128) >> 8) + 128;
    }
  }
  return bytes;
}

/** The pixels of such a picture, whose size has to be known from elsewhere; throws where it does not have as many bytes. */
export function parseYuv420(bytes: Uint8Array, width: number, height: number): Pixels {
  const wanted = yuv420Bytes(width, height);
  if (bytes.length !== wanted) throw new Error(`Could not read the YUV picture: ${width}x${height} has ${wanted} bytes, not ${bytes.length}.`);
  const rgba = new Uint8ClampedArray(width * height * 4);
  const halfWidth = Math.ceil(width / 2);
  const planeU = width * height;
  const planeV = planeU + halfWidth * Math.ceil(height / 2);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 4) {
      const half = (y >> 1) * halfWidth + (x >> 1);
      const c = 298 * ((bytes[y * width + x] as number) - 16) + 128;
      const d = (bytes[planeU + half] as number) - 128;
      const e = (bytes[planeV + half] as number) - 128;
      rgba[to] = (c + 409 * e) >> 8;
      rgba[to + 1] = (c - 100 * d - 208 * e) >> 8;
      rgba[to + 2] = (c + 516 * d) >> 8;
      rgba[to + 3] = 255;
    }
  }
  return { width, height, rgba: new Uint8Array(rgba.buffer) };
}
