/** AAC in RTP (RFC 3640, mode AAC-hbr as a rule) and its AudioSpecificConfig (ISO/IEC 14496-3 1.6.2.1). */
import { BitstreamError, bitReader } from './bit-reader.ts';
import type { Deviation } from './deviation-log.ts';
import type { MediaFormat } from './media-format.ts';

export interface AudioSpecificConfig {
  /** 2 is AAC-LC; 5 and 29 stand for AAC-LC with SBR (and PS) */
  readonly objectType: number;
  /** samples per second of the coded core */
  readonly sampleRate: number;
  /** 0: given elsewhere in the stream */
  readonly channels: number;
  /** samples per access unit: 1024 or 960 */
  readonly frameLength: number;
  /** samples per second with spectral band replication; null without */
  readonly extensionRate: number | null;
}

const RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];
/** by channelConfiguration: 7 is 7.1 */
const CHANNELS = [0, 1, 2, 3, 4, 5, 6, 8];
const ESCAPE = 31;

/** @throws BitstreamError in a sentence, nothing else. */
export function parseAudioSpecificConfig(bytes: Uint8Array): AudioSpecificConfig {
  const reader = bitReader(bytes);
  const readType = (): number => {
    const type = reader.bits(5);
    return type === ESCAPE ? 32 + reader.bits(6) : type;
  };
  const readRate = (): number => {
    const index = reader.bits(4);
    const rate = index === 15 ? reader.bits(24) : RATES[index];
    if (!rate) throw new BitstreamError(`The sampling frequency index is ${index}, outside 0 to 12.`);
    return rate;
  };
  const objectType = readType();
  const sampleRate = readRate();
  const configuration = reader.bits(4);
  const channels = CHANNELS[configuration];
  if (channels === undefined) throw new BitstreamError(`The channel configuration is ${configuration}, outside 0 to 7.`);
  let extensionRate: number | null = null;
  if (objectType === 5 || objectType === 29) {
    extensionRate = readRate();
    readType();
  }
  const frameLength = reader.left() > 0 && reader.flag() ? 960 : 1024;
  return { objectType, sampleRate, channels, frameLength, extensionRate };
}

/** The value of `config` in fmtp: hexadecimal digits; null for anything else. */
export function parseConfigParameter(text: string): Uint8Array | null {
  return /^([0-9a-f]{2})+$/i.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : null;
}

/** How the headers of access units are laid out: RFC 3640 4.1, in bits. */
export interface AuLayout {
  readonly sizeLength: number;
  readonly indexLength: number;
  readonly indexDeltaLength: number;
}

/** Out of fmtp; the values of AAC-hbr (3.3.6) where they are missing. */
export function auLayout({ parameters }: MediaFormat): AuLayout {
  const number = (name: string, otherwise: number): number => {
    const value = parameters.get(name) ?? '';
    return /^\d{1,2}$/.test(value) ? Math.min(Number(value), 32) : otherwise;
  };
  return { sizeLength: number('sizelength', 13), indexLength: number('indexlength', 3), indexDeltaLength: number('indexdeltalength', 3) };
}

export interface AccessUnits {
  /** views of the payload; one for a fragment too */
  readonly units: readonly Uint8Array[];
  /** whether the payload is a part of one access unit only */
  readonly isFragment: boolean;
  /** `au-headers-beyond-payload`, `au-beyond-payload`, `au-bytes-left` */
  readonly deviations: readonly Deviation[];
}

/** Takes a payload apart. Never throws. Interleaving and time stamps of single units (CTS, DTS) are not supported: no camera sends them. */
export function parseAuPayload(payload: Uint8Array, layout: AuLayout): AccessUnits {
  const headerBits = ((payload[0] ?? 0) << 8) | (payload[1] ?? 0);
  const start = 2 + Math.ceil(headerBits / 8);
  if (layout.sizeLength === 0) return { units: payload.length > 0 ? [payload] : [], isFragment: false, deviations: [] };
  if (payload.length < 2 || start > payload.length || headerBits === 0)
    return {
      units: [],
      isFragment: false,
      deviations: [{ id: 'au-headers-beyond-payload', detail: `${headerBits} bits of headers in ${payload.length} bytes` }],
    };

  const reader = bitReader(payload.subarray(2, start));
  const sizes: number[] = [];
  for (;;) {
    const indexBits = sizes.length === 0 ? layout.indexLength : layout.indexDeltaLength;
    if (reader.position() + layout.sizeLength + indexBits > headerBits) break;
    sizes.push(reader.bits(layout.sizeLength));
    reader.skip(indexBits);
  }
  const available = payload.length - start;
  const [first] = sizes;
  if (sizes.length === 1 && first !== undefined && first > available) return { units: [payload.subarray(start)], isFragment: true, deviations: [] };
  const deviations: Deviation[] = [];
  const units: Uint8Array[] = [];
  let at = start;
  for (const size of sizes) {
    if (at + size > payload.length) {
      deviations.push({ id: 'au-beyond-payload', detail: `a unit of ${size} bytes where ${payload.length - at} are left` });
      break;
    }
    units.push(payload.subarray(at, at + size));
    at += size;
  }
  if (deviations.length === 0 && at < payload.length)
    deviations.push({ id: 'au-bytes-left', detail: `${payload.length - at} bytes after the last unit` });
  return { units, isFragment: false, deviations };
}
