/** One received track: the section of the session description and its packets become a record of facts. */
import { type AudioFacts, measureAudio } from './audio-facts.ts';
import { type Deviation, deviationLog } from './deviation-log.ts';
import { type MediaFormat, staticFormat } from './media-format.ts';
import type { TimedPacket } from './rtp.ts';
import { measureRtp, type RtpStatistics, type SourceStatistics } from './rtp-statistics.ts';
import type { SdpMedia } from './sdp.ts';
import { measureVideo, type VideoFacts } from './video-facts.ts';

export interface StreamFacts {
  /** what the payload type of most packets means: the first of the section when none came */
  readonly format: MediaFormat;
  /** `H264`, `H265`, `PCMA`, `PCMU`, `MPEG4-GENERIC` (AAC), …; null where nobody says */
  readonly codec: string | null;
  /** pictures per second that the session description announces */
  readonly announcedFrameRate: number | null;
  readonly rtp: RtpStatistics;
  /** the SSRC with the most packets, null without any: what all else is measured from */
  readonly source: SourceStatistics | null;
  /** payload types of packets that the section does not list */
  readonly unlistedPayloadTypes: readonly number[];
  /** whether any packet came */
  readonly isReceived: boolean;
  /** null for a codec that is not measured */
  readonly content: VideoFacts | AudioFacts | null;
  readonly deviations: readonly Deviation[];
}

/**
 * Measures one track.
 * @param media its section of the session description
 * @param packets its RTP packets in order of arrival
 */
export function measureStream(media: SdpMedia, packets: readonly TimedPacket[]): StreamFacts {
  const log = deviationLog();
  const rtp = measureRtp(packets);
  log.add(rtp.deviations);
  const source = rtp.sources[0] ?? null;
  const payloadType = mostFrequent(source) ?? media.payloadTypes[0] ?? -1;
  const format = media.formats.find((candidate) => candidate.payloadType === payloadType) ?? fallbackFormat(media, payloadType);
  const unlisted = rtp.sources.flatMap(({ payloadTypes }) => payloadTypes).filter((type) => !media.payloadTypes.includes(type));
  return {
    format,
    codec: format.codec,
    announcedFrameRate: media.frameRate,
    rtp,
    source,
    unlistedPayloadTypes: [...new Set(unlisted)],
    isReceived: packets.length > 0,
    content: measureContent(media, format, source, log),
    deviations: log.list(),
  };
}

function measureContent(
  media: SdpMedia,
  format: MediaFormat,
  source: SourceStatistics | null,
  log: ReturnType<typeof deviationLog>,
): StreamFacts['content'] {
  if (format.codec === 'H264' || format.codec === 'H265') {
    const nothing = { packets: [], breaks: new Set<number>(), gaps: [], lost: 0, duplicates: 0, reordered: 0, restarts: [], strays: 0 };
    return measureVideo(format, source?.sequence ?? nothing, log);
  }
  return media.kind === 'audio' ? measureAudio(format, source, log) : null;
}

function mostFrequent(source: SourceStatistics | null): number | null {
  const counts = new Map<number, number>();
  for (const { packet } of source?.sequence.packets ?? []) counts.set(packet.payloadType, (counts.get(packet.payloadType) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** A type that the section does not list: what it means by itself, else what the section means by its only format. */
function fallbackFormat(media: SdpMedia, payloadType: number): MediaFormat {
  const own = staticFormat(payloadType);
  const [only] = media.formats;
  return own.codec === null && only ? { ...only, payloadType } : own;
}
