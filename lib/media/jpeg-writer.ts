/**
 * Writes baseline JPEG, 4:2:0. The scene is mostly areas of one colour, and blocks of one colour cost next to nothing
 * here: 2560 x 1440 takes some 100 ms, and the picture library more than a second, for which all streams would stand still.
 */

import { AC_TABLE, DC_TABLE, type HuffmanTable, QUANTISATION, ZIGZAG } from './jpeg-tables.ts';
import type { Pixels } from './pixels.ts';

/** A fourth of the tables' steps: quality 87 of the usual scale. */
const QUANTISER = Uint8Array.from(QUANTISATION, (step) => Math.max(1, Math.round(step / 4)));
const BLOCK = 64;
/** Luma blocks of 2 x 2 and one block of each colour difference. */
const UNIT = 16;

export function formatJpeg({ width, height, rgba }: Pixels): Uint8Array {
  const out = bitSink();
  out.segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  out.segment(0xdb, [0, ...ZIGZAG.map((place) => QUANTISER[place] as number)]);
  out.segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]);
  out.segment(0xc4, [0, ...DC_TABLE.counts, ...DC_TABLE.symbols, 0x10, ...AC_TABLE.counts, ...AC_TABLE.symbols]);
  out.segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.byteLength / 4);
  const blocks = Array.from({ length: 6 }, () => new Float32Array(BLOCK));
  const last = [0, 0, 0];
  for (let top = 0; top < height; top += UNIT) {
    for (let left = 0; left < width; left += UNIT) {
      const isFlat = readUnit(pixels, width, height, left, top, blocks);
      for (const [index, block] of blocks.entries()) {
        const component = Math.max(0, index - 3);
        last[component] = writeBlock(out, block, isFlat, last[component] as number);
      }
    }
  }
  return out.end();
}

/** Takes 16 x 16 pixels as six blocks, repeating the edge of the picture; tells whether all have one colour. */
function readUnit(pixels: Uint32Array, width: number, height: number, left: number, top: number, blocks: readonly Float32Array[]): boolean {
  const [cb, cr] = [blocks[4] as Float32Array, blocks[5] as Float32Array];
  const first = pixels[top * width + left] as number;
  if (isUniform(pixels, width, height, left, top, first)) {
    const [y, b, r] = [lumaOf(first), blueOf(first), redOf(first)];
    for (const [index, block] of blocks.entries()) block[0] = index === 4 ? b : index === 5 ? r : y;
    return true;
  }
  cb.fill(0);
  cr.fill(0);
  for (let y = 0; y < UNIT; y++) {
    const row = Math.min(height - 1, top + y) * width;
    for (let x = 0; x < UNIT; x++) {
      const pixel = pixels[row + Math.min(width - 1, left + x)] as number;
      (blocks[(y >> 3) * 2 + (x >> 3)] as Float32Array)[(y & 7) * 8 + (x & 7)] = lumaOf(pixel);
      const place = (y >> 1) * 8 + (x >> 1);
      cb[place] = (cb[place] as number) + blueOf(pixel) / 4;
      cr[place] = (cr[place] as number) + redOf(pixel) / 4;
    }
  }
  return false;
}

function isUniform(pixels: Uint32Array, width: number, height: number, left: number, top: number, first: number): boolean {
  const right = Math.min(width, left + UNIT);
  const bottom = Math.min(height, top + UNIT);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) if (pixels[y * width + x] !== first) return false;
  }
  return true;
}

// JFIF: full range, centred on zero.
const lumaOf = (pixel: number): number => 0.299 * (pixel & 255) + 0.587 * ((pixel >> 8) & 255) + 0.114 * ((pixel >> 16) & 255) - 128;
const blueOf = (pixel: number): number => -0.168736 * (pixel & 255) - 0.331264 * ((pixel >> 8) & 255) + 0.5 * ((pixel >> 16) & 255);
const redOf = (pixel: number): number => 0.5 * (pixel & 255) - 0.418688 * ((pixel >> 8) & 255) - 0.081312 * ((pixel >> 16) & 255);

/** cosine terms by frequency and place, scaled as in A.3.3 of the standard */
const COSINES = Float32Array.from({ length: BLOCK }, (_, at) => {
  const frequency = at >> 3;
  return Math.cos(((2 * (at & 7) + 1) * frequency * Math.PI) / 16) * (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5;
});
const rows = new Float32Array(BLOCK);
const levels = new Int16Array(BLOCK);

/** Codes one block and gives its DC level, from which the next one's is counted. */
function writeBlock(out: BitSink, block: Float32Array, isFlat: boolean, before: number): number {
  if (isFlat) {
    const level = Math.round(((block[0] as number) * 8) / (QUANTISER[0] as number));
    writeLevel(out, DC_TABLE, 0, level - before);
    out.symbol(AC_TABLE, 0);
    return level;
  }
  for (let y = 0; y < BLOCK; y += 8) {
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let x = 0; x < 8; x++) sum += (block[y + x] as number) * (COSINES[u * 8 + x] as number);
      rows[y + u] = sum;
    }
  }
  let end = 0;
  for (let at = 0; at < BLOCK; at++) {
    const place = ZIGZAG[at] as number;
    const [u, v] = [place & 7, place >> 3];
    let sum = 0;
    for (let y = 0; y < 8; y++) sum += (rows[y * 8 + u] as number) * (COSINES[v * 8 + y] as number);
    const level = Math.round(sum / (QUANTISER[place] as number));
    levels[at] = level;
    if (level !== 0) end = at;
  }
  writeLevel(out, DC_TABLE, 0, (levels[0] as number) - before);
  let zeros = 0;
  for (let at = 1; at <= end; at++) {
    const level = levels[at] as number;
    if (level === 0) zeros++;
    else {
      for (; zeros > 15; zeros -= 16) out.symbol(AC_TABLE, 0xf0);
      writeLevel(out, AC_TABLE, zeros, level);
      zeros = 0;
    }
  }
  if (end < BLOCK - 1) out.symbol(AC_TABLE, 0);
  return levels[0] as number;
}

/** The symbol is made of the zeros before a level and the bits that it takes; then come these bits. */
function writeLevel(out: BitSink, table: HuffmanTable, zeros: number, level: number): void {
  const size = 32 - Math.clz32(Math.abs(level));
  out.symbol(table, (zeros << 4) | size);
  if (size > 0) out.bits(level < 0 ? level + 2 ** size - 1 : level, size);
}

/** The bytes of a file in the making. */
interface BitSink {
  segment(marker: number, content: readonly number[]): void;
  symbol(table: HuffmanTable, symbol: number): void;
  /** 16 bits at most */
  bits(value: number, size: number): void;
  end(): Uint8Array;
}

/** Within the scan a zero follows each 0xff. */
function bitSink(): BitSink {
  let bytes = new Uint8Array(65_536);
  let [length, held, count] = [0, 0, 0];
  const byte = (value: number): void => {
    if (length === bytes.length) {
      const larger = new Uint8Array(bytes.length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    bytes[length++] = value;
  };
  const bits = (value: number, size: number): void => {
    held = (held << size) | value;
    count += size;
    while (count >= 8) {
      count -= 8;
      const whole = (held >> count) & 255;
      byte(whole);
      if (whole === 0xff) byte(0);
    }
    held &= (1 << count) - 1;
  };
  byte(0xff);
  byte(0xd8);
  return {
    bits,
    segment: (marker, content) => {
      for (const value of [0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255, ...content]) byte(value);
    },
    symbol: ({ codes, lengths }, symbol) => bits(codes[symbol] as number, lengths[symbol] as number),
    end: () => {
      if (count > 0) bits((1 << (8 - count)) - 1, 8 - count);
      byte(0xff);
      byte(0xd9);
      return bytes.slice(0, length);
    },
  };
}
