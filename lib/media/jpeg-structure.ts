/** A JPEG picture walked segment by segment (ITU-T T.81 annex B), without decoding it: what is where, and whether it is whole. */
import type { Deviation } from './deviation-log.ts';

export interface JpegSegment {
  /** second byte of the marker */
  readonly marker: number;
  /** `SOI`, `APP0`, `DQT`, `SOF0`, `DHT`, `SOS`, `EOI`, … */
  readonly name: string;
  /** of the marker's 0xff, from the start of the bytes */
  readonly offset: number;
  /** of marker, length and content; for SOS without the coded data */
  readonly bytes: number;
}

export interface JpegFrame {
  /** 0 baseline, 1 extended, 2 progressive, … */
  readonly process: number;
  readonly precision: number;
  readonly width: number;
  /** 0 where it only follows in a DNL segment */
  readonly height: number;
  readonly components: number;
}

/**
 * `whole`: up to EOI; `no-end`: the coded data goes to the last byte without EOI (whether rows are missing only shows when
 * it is decoded); `cut`: it ends before or inside a segment or before any coded data; `not-jpeg`: does not begin with SOI.
 */
export type JpegCompleteness = 'whole' | 'no-end' | 'cut' | 'not-jpeg';

export interface JpegStructure {
  readonly completeness: JpegCompleteness;
  readonly segments: readonly JpegSegment[];
  /** of the first SOFn; null when there is none */
  readonly frame: JpegFrame | null;
  /** number of SOS segments: 1, or more when progressive */
  readonly scans: number;
  /** bytes of coded data in all scans */
  readonly codedBytes: number;
  /** where EOI begins; null without */
  readonly endOffset: number | null;
  /** what stands after EOI; empty as a rule */
  readonly trailing: Uint8Array;
  readonly hasJfif: boolean;
  readonly hasExif: boolean;
  /** `jpeg-no-start`, `jpeg-no-end`, `jpeg-cut`, `jpeg-trailing-zeros`, `jpeg-trailing-bytes`, `jpeg-no-frame`, `jpeg-no-scan`, `jpeg-bytes-between-segments` */
  readonly deviations: readonly Deviation[];
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const NAMES: Readonly<Record<number, string>> = {
  196: 'DHT',
  200: 'JPG',
  204: 'DAC',
  [SOI]: 'SOI',
  [EOI]: 'EOI',
  [SOS]: 'SOS',
  219: 'DQT',
  220: 'DNL',
  221: 'DRI',
  254: 'COM',
};

function nameOf(marker: number): string {
  if (NAMES[marker]) return NAMES[marker];
  if (marker >= 0xc0 && marker <= 0xcf) return `SOF${marker - 0xc0}`;
  if (marker >= 0xd0 && marker <= 0xd7) return `RST${marker - 0xd0}`;
  if (marker >= 0xe0 && marker <= 0xef) return `APP${marker - 0xe0}`;
  return `0x${marker.toString(16).padStart(2, '0')}`;
}

/** SOFn: 0xc0 to 0xcf but DHT, JPG and DAC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && !NAMES[marker];
/** Without a length: SOI, EOI, RSTm and TEM. */
const isBare = (marker: number): boolean => (marker >= 0xd0 && marker <= EOI) || marker === 0x01;

/** Pictures have some twenty; what a camera puts behind so many is not walked. */
const MOST_SEGMENTS = 1000;

/** Never throws. */
export function walkJpeg(bytes: Uint8Array): JpegStructure {
  const deviations: Deviation[] = [];
  const note = (id: string, detail: string): void => void deviations.push({ id, detail });
  const segments: JpegSegment[] = [];
  let frame: JpegFrame | null = null;
  let scans = 0;
  let codedBytes = 0;
  let endOffset: number | null = null;
  let completeness: JpegCompleteness = 'cut';
  let at = 0;

  if (bytes[0] !== 0xff || bytes[1] !== SOI) {
    note('jpeg-no-start', `${bytes.length} bytes that don't begin with ff d8`);
    at = bytes.length;
    completeness = 'not-jpeg';
  }
  while (at < bytes.length && segments.length < MOST_SEGMENTS) {
    // B.1.1.2: any number of 0xff may stand before a marker
    const from = at;
    while (at < bytes.length && bytes[at] !== 0xff) at++;
    if (at > from) note('jpeg-bytes-between-segments', `${at - from} bytes at ${from}`);
    while (bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1];
    if (marker === undefined) break;
    if (isBare(marker)) {
      segments.push({ marker, name: nameOf(marker), offset: at, bytes: 2 });
      if (marker === EOI) endOffset = at;
      at += 2;
      if (marker === EOI) break;
      continue;
    }
    const length = at + 3 < bytes.length ? ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number) : 0;
    if (length < 2 || at + 2 + length > bytes.length) break;
    segments.push({ marker, name: nameOf(marker), offset: at, bytes: 2 + length });
    if (isFrame(marker) && !frame) frame = readFrame(bytes.subarray(at + 4, at + 2 + length), marker);
    at += 2 + length;
    if (marker === SOS) {
      const end = endOfScan(bytes, at);
      scans++;
      codedBytes += end - at;
      at = end;
      if (at >= bytes.length && codedBytes > 0) completeness = 'no-end';
    }
  }
  if (endOffset !== null) completeness = 'whole';
  const trailing = endOffset === null ? new Uint8Array() : bytes.subarray(endOffset + 2);
  if (completeness === 'no-end') note('jpeg-no-end', `the coded data goes on to the last of ${bytes.length} bytes`);
  if (completeness === 'cut') note('jpeg-cut', `${bytes.length} bytes end after ${segments.at(-1)?.name ?? 'nothing'}`);
  if (trailing.length > 0)
    note(trailing.every((byte) => byte === 0) ? 'jpeg-trailing-zeros' : 'jpeg-trailing-bytes', `${trailing.length} bytes after EOI`);
  if (completeness !== 'not-jpeg' && !frame) note('jpeg-no-frame', 'no SOF segment');
  if (completeness !== 'not-jpeg' && scans === 0) note('jpeg-no-scan', 'no SOS segment');
  const hasText = (name: string, text: string): boolean =>
    segments.some(
      (segment) =>
        segment.name === name && Buffer.from(bytes.subarray(segment.offset + 4, segment.offset + 4 + text.length)).toString('latin1') === text,
    );
  return {
    completeness,
    segments,
    frame,
    scans,
    codedBytes,
    endOffset,
    trailing,
    hasJfif: hasText('APP0', 'JFIF\0'),
    hasExif: hasText('APP1', 'Exif\0'),
    deviations,
  };
}

function readFrame(content: Uint8Array, marker: number): JpegFrame | null {
  if (content.length < 6) return null;
  const [precision = 0, heightHigh = 0, heightLow = 0, widthHigh = 0, widthLow = 0, components = 0] = content;
  return { process: marker - 0xc0, precision, height: (heightHigh << 8) | heightLow, width: (widthHigh << 8) | widthLow, components };
}

/** Where the coded data ends: at the next marker that is neither a stuffed 0xff nor a restart; at the end of the bytes without one. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}
