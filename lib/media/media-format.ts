/** What a payload type of RTP carries: encoding names (RFC 3551, 3640, 6184, 7798) in one spelling each, and the static types. */

export interface MediaFormat {
  /** 0 to 127 */
  readonly payloadType: number;
  /** in capitals, one spelling per coding: `H264`, `H265`, `PCMA`, `PCMU`, `MPEG4-GENERIC`, …; null for a dynamic type without rtpmap */
  readonly codec: string | null;
  /** ticks of the RTP timestamp per second; null where nobody says */
  readonly clockRate: number | null;
  /** of sound; 1 where nothing is said */
  readonly channels: number;
  /** of `a=fmtp`, names in small letters; empty where there is none */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Spellings that were seen for what has another registered name. */
const ALIASES: Readonly<Record<string, string>> = {
  HEVC: 'H265',
  'H.265': 'H265',
  AVC: 'H264',
  'H.264': 'H264',
  G711A: 'PCMA',
  G711U: 'PCMU',
  ALAW: 'PCMA',
  ULAW: 'PCMU',
  'MPEG4-GENERIC': 'MPEG4-GENERIC',
  AAC: 'MPEG4-GENERIC',
};

/** RFC 3551, tables 4 and 5: those that cameras send. */
const STATIC_TYPES: Readonly<Record<number, readonly [codec: string, clockRate: number, channels: number]>> = {
  0: ['PCMU', 8000, 1],
  3: ['GSM', 8000, 1],
  4: ['G723', 8000, 1],
  5: ['DVI4', 8000, 1],
  6: ['DVI4', 16000, 1],
  8: ['PCMA', 8000, 1],
  9: ['G722', 8000, 1],
  10: ['L16', 44100, 2],
  11: ['L16', 44100, 1],
  14: ['MPA', 90000, 1],
  18: ['G729', 8000, 1],
  26: ['JPEG', 90000, 1],
  32: ['MPV', 90000, 1],
  33: ['MP2T', 90000, 1],
  34: ['H263', 90000, 1],
};

/** The one spelling of an encoding name; names compare without regard to case (RFC 4855). */
export function canonicalCodec(name: string): string {
  const capitals = name.trim().toUpperCase();
  return Object.hasOwn(ALIASES, capitals) ? (ALIASES[capitals] as string) : capitals;
}

/** What a payload type means without any attribute: nothing, for dynamic ones (96 to 127). */
export function staticFormat(payloadType: number): MediaFormat {
  const [codec, clockRate, channels] = STATIC_TYPES[payloadType] ?? [null, null, 1];
  return { payloadType, codec, clockRate, channels, parameters: new Map() };
}
