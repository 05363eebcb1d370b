/** BMP: the header of any, and pictures with 24 bits per pixel, uncompressed, rows from the bottom up: the form that every reader knows. */
import type { Pixels } from './pixels.ts';

const FILE_HEADER_BYTES = 14;
const HEADER_BYTES = 54;
/** 72 dpi in pixels per metre */
const RESOLUTION = 2835;

export interface BmpHeader {
  /** of the whole file, in bytes; many writers leave it 0 */
  readonly fileBytes: number;
  /** where the header itself ends, without a palette */
  readonly headerBytes: number;
  /** where the pixels begin */
  readonly dataOffset: number;
  readonly width: number;
  /** negative where the rows come from the top down */
  readonly height: number;
  readonly planes: number;
  readonly bitsPerPixel: number;
  /** 0: not compressed */
  readonly compression: number;
  /** of the pixels alone, in bytes; 0 is allowed where they are not compressed */
  readonly pixelBytes: number;
}

/** In bytes, of rows that are filled up to four bytes each. */
export const rowBytesOf = ({ width, bitsPerPixel }: Pick<BmpHeader, 'width' | 'bitsPerPixel'>): number =>
  Math.ceil((Math.abs(width) * bitsPerPixel) / 32) * 4;

/** What the header says, true or not; null for bytes that end inside it. */
export function bmpHeaderOf(bytes: Uint8Array): BmpHeader | null {
  if (bytes.length < HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    fileBytes: view.getUint32(2, true),
    headerBytes: FILE_HEADER_BYTES + view.getUint32(14, true),
    dataOffset: view.getUint32(10, true),
    width: view.getInt32(18, true),
    height: view.getInt32(22, true),
    planes: view.getUint16(26, true),
    bitsPerPixel: view.getUint16(28, true),
    compression: view.getUint32(30, true),
    pixelBytes: view.getUint32(34, true),
  };
}

export function formatBmp({ width, height, rgba }: Pixels): Uint8Array {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(HEADER_BYTES + rowBytes * height);
  bytes.write('BM', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(HEADER_BYTES, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  bytes.writeUInt32LE(rowBytes * height, 34);
  bytes.writeInt32LE(RESOLUTION, 38);
  bytes.writeInt32LE(RESOLUTION, 42);
  for (let y = 0; y < height; y++) {
    let to = HEADER_BYTES + (height - 1 - y) * rowBytes;
    for (let from = y * width * 4; from < (y + 1) * width * 4; from += 4) {
      bytes[to++] = rgba[from + 2] as number;
      bytes[to++] = rgba[from + 1] as number;
      bytes[to++] = rgba[from] as number;
    }
  }
  return bytes;
}
