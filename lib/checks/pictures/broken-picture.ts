/** What a picture lacks that no decoder takes: decoders stop at the first thing that they stumble over, and name that. */
import { bmpHeaderOf } from '../../media/bmp.ts';
import { walkJpeg } from '../../media/jpeg-structure.ts';
import { type ClaimedSize, hasTooManyPixels, MOST_PIXELS } from '../../media/most-pixels.ts';
import { formatOf } from '../../media/picture.ts';
import { counted } from '../quantities.ts';
import { bytesInWords } from '../values/bytes-in-words.ts';

/** @param said what the decoder said; its own stumbling (`cause`) tells nobody anything */
export function whyUndecodable(bytes: Uint8Array, said: Error): string {
  const format = formatOf(bytes);
  if (format === null) return bytesInWords(bytes);
  const lacks = format === 'jpeg' ? jpegLacks(bytes) : bmpLacks(bytes);
  if (lacks !== null) return `${bytesInWords(bytes)} ${lacks}`;
  const isOwnFault = said.cause instanceof TypeError || said.cause instanceof RangeError;
  const detail = said.cause instanceof Error && !isOwnFault ? `: ${said.cause.message}` : '';
  return `${bytesInWords(bytes)} whose coded data is damaged${detail}`;
}

function jpegLacks(bytes: Uint8Array): string | null {
  const { frame, segments, scans } = walkJpeg(bytes);
  const has = (name: string): boolean => segments.some((segment) => segment.name === name);
  if (frame === null) return 'without a frame header (no SOF segment)';
  if (frame.width === 0 || frame.height === 0) return `whose frame header says ${frame.width}x${frame.height}`;
  if (hasTooManyPixels(frame)) return tooLarge(frame);
  if (scans === 0) return 'without a scan (no SOS segment)';
  if (!has('DQT')) return 'without quantisation tables (no DQT segment)';
  if (!has('DHT')) return 'without Huffman tables (no DHT segment), which motion JPEG leaves out and a file needs';
  return null;
}

const tooLarge = ({ width, height }: ClaimedSize): string =>
  `that claims ${width}x${Math.abs(height)}: pictures of more than ${MOST_PIXELS / 1e6} million pixels are not decoded`;

function bmpLacks(bytes: Uint8Array): string | null {
  const header = bmpHeaderOf(bytes);
  if (header === null) return 'that ends inside its header';
  const { width, height, bitsPerPixel, dataOffset } = header;
  if (hasTooManyPixels(header)) return tooLarge(header);
  const needed = dataOffset + Math.ceil((Math.abs(width) * bitsPerPixel) / 32) * 4 * Math.abs(height);
  if (bytes.length >= needed) return null;
  return `that is cut: ${width}x${Math.abs(height)} with ${bitsPerPixel} bits per pixel need ${counted(needed, 'byte')}`;
}
