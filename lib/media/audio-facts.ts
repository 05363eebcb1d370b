/** What a received audio stream is, measured: rate, channels, bit rate. Nothing is judged. */
import { type AudioSpecificConfig, auLayout, parseAudioSpecificConfig, parseAuPayload, parseConfigParameter } from './aac.ts';
import { BitstreamError } from './bit-reader.ts';
import type { DeviationLog } from './deviation-log.ts';
import type { MediaFormat } from './media-format.ts';
import type { SourceStatistics } from './rtp-statistics.ts';

export interface AudioFacts {
  readonly kind: 'audio';
  /** samples per second: of AAC out of its configuration, else the clock rate; null where nobody says */
  readonly sampleRate: number | null;
  readonly channels: number;
  /** of AAC; null for other codecs and where it does not parse */
  readonly config: AudioSpecificConfig | null;
  /** access units of AAC (fragments count for nothing), packets of other codecs */
  readonly units: number;
  /** samples that the payloads hold; null for codecs other than G.711 and AAC */
  readonly samples: number | null;
  /** samples by which the timestamps advanced from the first packet to the last */
  readonly ticks: number;
  /** samples in all packets but the last / `ticks`, without loss: 1 where timestamps count samples; null where unknown */
  readonly samplesPerTick: number | null;
  /** bits of RTP payload per second of media time; null for less than two packets */
  readonly bitRate: number | null;
}

/** Samples of one packet, and its access units. */
type Unpack = (payload: Uint8Array) => { readonly units: number; readonly samples: number | null };

/** Ids of deviations, besides those of `parseAuPayload`: `aac-config-missing`, `aac-config-malformed`, `aac-config-differs` (rate or channels from rtpmap). */
export function measureAudio(format: MediaFormat, source: SourceStatistics | null, log: DeviationLog): AudioFacts {
  const isAac = format.codec === 'MPEG4-GENERIC';
  const config = isAac ? readConfig(format, log) : null;
  const unpack = isAac ? aacUnpack(format, config, log) : plainUnpack(format);
  const unpacked = (source?.sequence.packets ?? []).map(({ packet }) => unpack(packet.payload));
  const total = (of: typeof unpacked): number | null =>
    of.reduce<number | null>((sum, { samples }) => (sum === null || samples === null ? null : sum + samples), 0);
  const ticks = source?.groups.at(-1)?.ticks ?? 0;
  const lost = source?.sequence.lost ?? 0;
  const before = total(unpacked.slice(0, -1));
  const seconds = format.clockRate ? ticks / format.clockRate : 0;
  const bytesBefore = source ? source.payloadBytes - (source.sequence.packets.at(-1)?.packet.payload.length ?? 0) : 0;
  return {
    kind: 'audio',
    sampleRate: config?.sampleRate ?? format.clockRate,
    channels: config && config.channels > 0 ? config.channels : format.channels,
    config,
    units: unpacked.reduce((sum, { units }) => sum + units, 0),
    samples: total(unpacked),
    ticks,
    samplesPerTick: ticks > 0 && before !== null && lost === 0 ? before / ticks : null,
    bitRate: seconds > 0 ? (8 * bytesBefore) / seconds : null,
  };
}

function readConfig(format: MediaFormat, log: DeviationLog): AudioSpecificConfig | null {
  const text = format.parameters.get('config');
  if (!text) {
    log.note('aac-config-missing', 'no config in fmtp');
    return null;
  }
  const bytes = parseConfigParameter(text);
  try {
    if (!bytes) throw new BitstreamError('It is not hexadecimal.');
    const config = parseAudioSpecificConfig(bytes);
    const rates = [config.sampleRate, config.extensionRate];
    if (!rates.includes(format.clockRate) || (config.channels > 0 && config.channels !== format.channels))
      log.note('aac-config-differs', `${config.sampleRate} Hz, ${config.channels} channels; rtpmap says ${format.clockRate} and ${format.channels}`);
    return config;
  } catch (error) {
    if (!(error instanceof BitstreamError)) throw error;
    log.note('aac-config-malformed', `config=${text.slice(0, 80)}: ${error.message}`);
    return null;
  }
}

function aacUnpack(format: MediaFormat, config: AudioSpecificConfig | null, log: DeviationLog): Unpack {
  const layout = auLayout(format);
  const frameLength = config?.frameLength ?? 1024;
  // with band replication the clock may count the doubled samples
  const scale = config?.extensionRate && format.clockRate === config.extensionRate ? config.extensionRate / config.sampleRate : 1;
  return (payload) => {
    const { units, isFragment, deviations } = parseAuPayload(payload, layout);
    log.add(deviations);
    return isFragment ? { units: 0, samples: null } : { units: units.length, samples: units.length * frameLength * scale };
  };
}

/** RFC 3551, 4.5.14: one byte per sample and channel, nothing else to parse. */
const isG711 = (codec: string | null): boolean => codec === 'PCMU' || codec === 'PCMA';

const plainUnpack = (format: MediaFormat): Unpack =>
  isG711(format.codec) ? (payload) => ({ units: 1, samples: payload.length / format.channels }) : () => ({ units: 1, samples: null });
