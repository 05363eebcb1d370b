/** A BMP picture made smaller by leaving out pixels: its colours, its order and its mistakes stay as they are. For showing, not for measuring. */
import { formatBmp } from './bmp.ts';

export interface SmallBmp {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const HEADER_BYTES = 54;
const UNCOMPRESSED = [0, 3];

/** At most `widest` pixels wide. Null for what is no uncompressed BMP with 24 or 32 bits a pixel, or is cut short. */
export function shrinkBmp(bytes: Uint8Array, widest: number): SmallBmp | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < HEADER_BYTES || view.toString('latin1', 0, 2) !== 'BM') return null;
  const [from, width, rows] = [view.readUInt32LE(10), view.readInt32LE(18), view.readInt32LE(22)];
  const [pixelBytes, height] = [view.readUInt16LE(28) / 8, Math.abs(rows)];
  if (![3, 4].includes(pixelBytes) || !UNCOMPRESSED.includes(view.readUInt32LE(30)) || width < 1 || height < 1) return null;
  const rowBytes = Math.ceil((width * pixelBytes) / 4) * 4;
  if (from + rowBytes * height > view.length) return null;
  const step = Math.max(1, Math.ceil(width / widest));
  const small = { width: Math.ceil(width / step), height: Math.ceil(height / step) };
  const rgba = new Uint8Array(small.width * small.height * 4);
  for (let y = 0, to = 0; y < height; y += step) {
    const row = from + (rows < 0 ? y : height - 1 - y) * rowBytes;
    for (let x = 0; x < width; x += step, to += 4) {
      const at = row + x * pixelBytes;
      rgba[to] = view[at + 2] as number;
      rgba[to + 1] = view[at + 1] as number;
      rgba[to + 2] = view[at] as number;
      rgba[to + 3] = 255;
    }
  }
  return { bytes: formatBmp({ ...small, rgba }), ...small };
}
