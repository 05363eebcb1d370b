/** Numbers out of pictures: how much two differ, how bright and colourful one is, what a part of it looks like. Pure; nothing is judged. */
import type { Pixels } from './pixels.ts';

/** The raster in which the document gives positions (24 and 25: 0 to 704 and 0 to 576), whatever the size of the picture. */
export const RASTER = { width: 704, height: 576 } as const;

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface RegionStatistics {
  /** the pixels that were looked at; at least one, inside the picture */
  readonly pixels: Rectangle;
  /** of each channel, 0 to 255 */
  readonly mean: { readonly red: number; readonly green: number; readonly blue: number };
  /** mean of luma (BT.601), 0 to 255 */
  readonly luma: number;
  /** of luma, in squared steps; 0 is one flat grey */
  readonly variance: number;
  /** share of the pixels, 0 to 1, of which no channel is more than 12 from the region's mean; 1 is one colour */
  readonly uniformity: number;
}

/** How far JPEG moves the pixels of a flat area at the qualities that cameras use. */
const UNIFORM_WITHIN = 12;

const red = (word: number): number => word & 255;
const green = (word: number): number => (word >> 8) & 255;
const blue = (word: number): number => (word >> 16) & 255;
const lumaOf = (r: number, g: number, b: number): number => 0.299 * r + 0.587 * g + 0.114 * b;

/** One 32-bit word per pixel, red in the lowest byte: a view where the bytes are aligned, else a copy. */
function words({ width, height, rgba }: Pixels): Uint32Array {
  const size = width * height;
  if (rgba.length < size * 4) throw new RangeError(`${width}x${height} pixels have ${size * 4} bytes, not ${rgba.length}.`);
  const aligned = rgba.byteOffset % 4 === 0 ? rgba : Uint8Array.from(rgba);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, size);
}

const fromWords = (width: number, height: number, pixels: Uint32Array): Pixels => ({ width, height, rgba: new Uint8Array(pixels.buffer) });

/**
 * The picture in a grid of `width` by `height`, each the mean of the box of pixels that it covers (of one pixel where the
 * picture is smaller than the grid). Throws RangeError for an empty grid or picture.
 */
export function downscale(picture: Pixels, width: number, height: number): Pixels {
  if (!(width >= 1 && height >= 1 && picture.width >= 1 && picture.height >= 1))
    throw new RangeError(`Neither ${width}x${height} nor ${picture.width}x${picture.height} may be empty.`);
  const source = words(picture);
  const rgba = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    const top = Math.floor((row * picture.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * picture.height) / height));
    for (let column = 0; column < width; column++) {
      const left = Math.floor((column * picture.width) / width);
      const right = Math.max(left + 1, Math.floor(((column + 1) * picture.width) / width));
      let r = 0;
      let g = 0;
      let b = 0;
      for (let y = top; y < bottom; y++) {
        for (let at = y * picture.width + left, end = y * picture.width + right; at < end; at++) {
          const word = source[at] as number;
          r += red(word);
          g += green(word);
          b += blue(word);
        }
      }
      const count = (bottom - top) * (right - left);
      rgba.set([Math.round(r / count), Math.round(g / count), Math.round(b / count), 255], (row * width + column) * 4);
    }
  }
  return { width, height, rgba };
}

/** Mean over all pixels and the three colour channels, 0 (equal) to 255. Throws RangeError for pictures of different sizes. */
export function meanAbsoluteDifference(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) throw new RangeError(`${a.width}x${a.height} and ${b.width}x${b.height} can't be compared.`);
  const left = words(a);
  const right = words(b);
  let sum = 0;
  for (let at = 0; at < left.length; at++) {
    const one = left[at] as number;
    const other = right[at] as number;
    sum += Math.abs(red(one) - red(other)) + Math.abs(green(one) - green(other)) + Math.abs(blue(one) - blue(other));
  }
  return left.length === 0 ? 0 : sum / (left.length * 3);
}

/** The share of pixels, 0 to 1, whose channels differ by at most `most` (of 255) on average; 0 for pictures of different shapes. */
export function shareAlike(a: Pixels, b: Pixels, most: number): number {
  if (a.width !== b.width || a.height !== b.height) return 0;
  const pixels = a.width * a.height;
  let alike = 0;
  for (let at = 0; at < 4 * pixels; at += 4) {
    let sum = 0;
    for (let channel = at; channel < at + 3; channel += 1) sum += Math.abs((a.rgba[channel] ?? 0) - (b.rgba[channel] ?? 0));
    if (sum <= 3 * most) alike += 1;
  }
  return pixels === 0 ? 0 : alike / pixels;
}

/** Upside down: the first row becomes the last. */
export function flipVertical(picture: Pixels): Pixels {
  const { width, height } = picture;
  const source = words(picture);
  const target = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) target.set(source.subarray(y * width, (y + 1) * width), (height - 1 - y) * width);
  return fromWords(width, height, target);
}

/** As in a mirror: the first column becomes the last. */
export function mirrorHorizontal(picture: Pixels): Pixels {
  const { width, height } = picture;
  const target = words(picture).slice();
  for (let y = 0; y < height; y++) target.subarray(y * width, (y + 1) * width).reverse();
  return fromWords(width, height, target);
}

/** Turned clockwise; width and height change places for 90 and 270. */
export function rotate(picture: Pixels, degrees: 0 | 90 | 180 | 270): Pixels {
  const { width, height } = picture;
  const source = words(picture);
  if (degrees === 0) return fromWords(width, height, source.slice());
  if (degrees === 180) return fromWords(width, height, source.slice().reverse());
  const target = new Uint32Array(width * height);
  // by tiles, so that the columns that are written stay in the cache
  const TILE = 32;
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      const right = Math.min(left + TILE, width);
      for (let y = top, bottom = Math.min(top + TILE, height); y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const to = degrees === 90 ? x * height + (height - 1 - y) : (width - 1 - x) * height + y;
          target[to] = source[y * width + x] as number;
        }
      }
    }
  }
  return fromWords(height, width, target);
}

/** Mean distance between the largest and the smallest channel of a pixel: 0 for grey, up to 255. JPEG alone leaves about 1. */
export function meanChroma(picture: Pixels): number {
  const pixels = words(picture);
  let sum = 0;
  for (let at = 0; at < pixels.length; at++) sum += spread(pixels[at] as number);
  return pixels.length === 0 ? 0 : sum / pixels.length;
}

function spread(word: number): number {
  const r = red(word);
  const g = green(word);
  const b = blue(word);
  return Math.max(r, g, b) - Math.min(r, g, b);
}

/** Mean of luma (BT.601), 0 to 255. */
export function meanLuma(picture: Pixels): number {
  const pixels = words(picture);
  let sum = 0;
  for (let at = 0; at < pixels.length; at++) {
    const word = pixels[at] as number;
    sum += lumaOf(red(word), green(word), blue(word));
  }
  return pixels.length === 0 ? 0 : sum / pixels.length;
}

/** A rectangle of the raster as pixels of a picture: whole pixels, at least one, inside the picture. */
export function scaledToPicture({ x, y, width, height }: Rectangle, picture: Pick<Pixels, 'width' | 'height'>): Rectangle {
  const edge = (value: number, raster: number, size: number): number => Math.min(Math.max(Math.round((value * size) / raster), 0), size);
  const left = Math.min(edge(x, RASTER.width, picture.width), picture.width - 1);
  const top = Math.min(edge(y, RASTER.height, picture.height), picture.height - 1);
  const right = Math.max(edge(x + width, RASTER.width, picture.width), left + 1);
  const bottom = Math.max(edge(y + height, RASTER.height, picture.height), top + 1);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * What a rectangle of the raster looks like in the picture. `inset` leaves out so many pixels at each side (never the last
 * one), because chroma and blocks of 8 smear the edges of masks. Throws RangeError for an empty picture.
 */
export function regionStatistics(picture: Pixels, region: Rectangle, inset = 0): RegionStatistics {
  if (picture.width < 1 || picture.height < 1) throw new RangeError('An empty picture has no regions.');
  const whole = scaledToPicture(region, picture);
  const insetX = Math.min(inset, (whole.width - 1) >> 1);
  const insetY = Math.min(inset, (whole.height - 1) >> 1);
  const pixels = { x: whole.x + insetX, y: whole.y + insetY, width: whole.width - 2 * insetX, height: whole.height - 2 * insetY };
  // two plain loops: a callback per pixel takes three times as long
  const content = wordsOf(picture, pixels);
  const count = content.length;
  let r = 0;
  let g = 0;
  let b = 0;
  let squares = 0;
  for (let at = 0; at < count; at++) {
    const word = content[at] as number;
    const luma = lumaOf(red(word), green(word), blue(word));
    r += red(word);
    g += green(word);
    b += blue(word);
    squares += luma * luma;
  }
  const mean = { red: r / count, green: g / count, blue: b / count };
  const luma = lumaOf(mean.red, mean.green, mean.blue);
  const isNear = (value: number, middle: number): boolean => value >= middle - UNIFORM_WITHIN && value <= middle + UNIFORM_WITHIN;
  let near = 0;
  for (let at = 0; at < count; at++) {
    const word = content[at] as number;
    if (isNear(red(word), mean.red) && isNear(green(word), mean.green) && isNear(blue(word), mean.blue)) near++;
  }
  return { pixels, mean, luma, variance: Math.max(0, squares / count - luma * luma), uniformity: near / count };
}

/** The pixels of a rectangle of the raster, to compare the same part of two pictures. */
export function regionOf(picture: Pixels, region: Rectangle): Pixels {
  const pixels = scaledToPicture(region, picture);
  return fromWords(pixels.width, pixels.height, wordsOf(picture, pixels));
}

function wordsOf(picture: Pixels, { x, y, width, height }: Rectangle): Uint32Array {
  const source = words(picture);
  const target = new Uint32Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = (y + row) * picture.width + x;
    target.set(source.subarray(start, start + width), row * width);
  }
  return target;
}
