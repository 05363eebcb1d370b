/** What a picture lacks that no decoder takes: decoders stop at the first thing that they stumble over, and name that. */
import { type BmpHeader, bmpHeaderOf, rowBytesOf } from '../../media/bmp.ts';
import { walkJpeg } from '../../media/jpeg-structure.ts';
import { type ClaimedSize, hasTooManyPixels, MOST_PIXELS } from '../../media/most-pixels.ts';
import { formatOf } from '../../media/picture.ts';
import { type Finding, finding } from '../../results/finding.ts';
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
  const needed = dataOffset + pixelsIn(header);
  if (bytes.length >= needed) return null;
  return `that is cut: ${width}x${Math.abs(height)} with ${bitsPerPixel} bits per pixel need ${counted(needed, 'byte')}`;
}

const pixelsIn = (header: BmpHeader): number => rowBytesOf(header) * Math.abs(header.height);

/**
 * Where a BMP picture that is not compressed says that its pixels lie, if they cannot lie there. Decoders read what there is, and show it
 * shifted.
 */
export function misplacedPixels(bytes: Uint8Array): Finding | null {
  const header = bmpHeaderOf(bytes);
  if (header === null || header.compression !== 0) return null;
  const { dataOffset, headerBytes } = header;
  const documented = `pixels from byte ${headerBytes} on or later, all of them in the reply`;
  if (dataOffset < headerBytes) return finding(documented, `pixels from byte ${dataOffset} on, inside the header`);
  const end = dataOffset + pixelsIn(header);
  return end <= bytes.length ? null : finding(documented, `pixels from byte ${dataOffset} to ${end} in a reply of ${counted(bytes.length, 'byte')}`);
}

/** What the header of a BMP picture tells that is not so, where a decoder does not depend on it. */
export function headerFindings(bytes: Uint8Array): readonly Finding[] {
  const header = bmpHeaderOf(bytes);
  if (header === null) return [];
  const { planes, fileBytes, pixelBytes, dataOffset, compression } = header;
  const findings = planes === 1 ? [] : [finding('a BMP picture of 1 plane', `${planes} planes by its header`)];
  if (compression !== 0) return findings;
  const pixels = pixelsIn(header);
  const isWithin = (told: number, least: number, most: number): boolean => told === 0 || (told >= least && told <= most);
  if (!isWithin(fileBytes, dataOffset + pixels, bytes.length))
    findings.push(finding(`a header that tells the length of the picture, ${counted(bytes.length, 'byte')}, or 0`, `it tells ${fileBytes}`));
  if (!isWithin(pixelBytes, pixels, bytes.length - dataOffset))
    findings.push(finding(`a header that tells the length of the pixels, ${counted(pixels, 'byte')}, or 0`, `it tells ${pixelBytes}`));
  return findings;
}
