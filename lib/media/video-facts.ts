/** What a received video stream is, measured: codec, size, profile, frame rate, key frames, bit rate. Nothing is judged. */
import type { AccessUnit, Depacketised } from './access-unit.ts';
import { announcedParameterSets } from './announced-parameter-sets.ts';
import { BitstreamError } from './bit-reader.ts';
import type { DeviationLog } from './deviation-log.ts';
import { depacketiseH264, H264_NAL, h264NalType } from './h264.ts';
import { type H264Sps, parseH264Sps } from './h264-sps.ts';
import { depacketiseH265, H265_NAL, h265NalType } from './h265.ts';
import { parseH265Sps } from './h265-sps.ts';
import type { MediaFormat } from './media-format.ts';
import { sameBytes } from './nal-unit.ts';
import type { RtpSequence } from './rtp-sequence.ts';
import type { SequenceFacts } from './sequence-facts.ts';

export type ParameterSet = 'VPS' | 'SPS' | 'PPS';

export interface VideoFacts {
  readonly kind: 'video';
  /** the last sequence parameter set that parses, in-band before announced; null where there is none */
  readonly sequence: SequenceFacts | null;
  /** of `sequence`, pixels as shown; null without */
  readonly width: number | null;
  readonly height: number | null;
  /** of `sequence`: `Baseline`, `Main`, `High`, … */
  readonly profile: string | null;
  /** all sizes that in-band sequence parameter sets name, each once: `1920x1080` */
  readonly sizes: readonly string[];
  /** parameter sets that are neither in the stream nor in the session description */
  readonly missing: readonly ParameterSet[];
  readonly inBand: readonly ParameterSet[];
  readonly announced: readonly ParameterSet[];
  /** pictures, whole or not */
  readonly pictures: number;
  /** pictures in or before which packets are missing */
  readonly brokenPictures: number;
  /** pictures per second of media time: (different timestamps - 1) / (their span); counts no lost pictures. Null for less than two */
  readonly frameRate: number | null;
  /** 1 / the median distance of neighbouring timestamps: what the camera means, lost or skipped pictures left aside. Null for less than two */
  readonly nominalFrameRate: number | null;
  /** (pictures - 1) / time between the arrival of the first and the last packet; bursts at the start distort it. Null for less than two */
  readonly arrivalFrameRate: number | null;
  /** media seconds from the first picture to the end of the last one */
  readonly seconds: number;
  readonly keyFrames: number;
  /** pictures between one key frame and the next, in order, without those over which packets are missing */
  readonly keyFrameDistances: readonly number[];
  /** the median of them; null when less than two key frames were seen */
  readonly keyFrameDistance: number | null;
  /** 0 when the stream begins with a key frame; null when none was seen */
  readonly picturesBeforeKeyFrame: number | null;
  /** bits of RTP payload per media second, over all pictures; null for less than two */
  readonly bitRate: number | null;
  /** the same from the first key frame to the last, so that no group of pictures counts in part; null for less than two key frames */
  readonly groupBitRate: number | null;
  /** media seconds from the first key frame to the last; null for none */
  readonly groupSeconds: number | null;
  readonly structures: Depacketised['structures'];
  readonly accessUnits: readonly AccessUnit[];
}

const CLOCK_RATE = 90_000;

/**
 * Ids of deviations, besides those of the depacketisers and `announcedParameterSets`: `sps-unreadable`, `sps-trailing-bytes`,
 * `sps-vui-unreadable`, `sprop-differs` (SPS in-band and announced are not the same), `profile-level-id-malformed`,
 * `profile-level-id-differs` (from the SPS), `sprop-of-another-size`, `video-clock-rate` (RFC 6184 8.2.1, RFC 7798 7.1), `fu-in-packetization-mode-0`.
 */
export function measureVideo(format: MediaFormat, sequence: RtpSequence, log: DeviationLog): VideoFacts {
  const isH264 = format.codec === 'H264';
  if (format.clockRate !== null && format.clockRate !== CLOCK_RATE)
    log.note('video-clock-rate', `${format.clockRate} Hz, where ${CLOCK_RATE} is fixed`);
  const announced = announcedParameterSets(format, log);
  const isInterlaced = announced.some((nal) => isH264 && readSequence(format, nal)?.frameMbsOnly === false);
  const hasOrderNumbers = Number(format.parameters.get('sprop-max-don-diff') ?? 0) > 0;
  const packets = sequence.packets.map(({ packet }) => packet);
  const stream = isH264 ? depacketiseH264(packets, log, isInterlaced) : depacketiseH265(packets, log, hasOrderNumbers);
  const facts = sequenceFacts(format, stream.parameterSets, announced, log);
  if (isH264) judgeParameters(format, facts.last, stream, log);
  const kinds = (nals: readonly Uint8Array[]): readonly ParameterSet[] => [...new Set(nals.map((nal) => kindOf(format, nal)))];
  const needed: readonly ParameterSet[] = isH264 ? ['SPS', 'PPS'] : ['VPS', 'SPS', 'PPS'];
  const inBand = kinds(stream.parameterSets);
  return {
    kind: 'video',
    sequence: facts.last,
    width: facts.last?.width ?? null,
    height: facts.last?.height ?? null,
    profile: facts.last?.profile ?? null,
    sizes: facts.sizes,
    inBand,
    announced: kinds(announced),
    missing: needed.filter((kind) => !inBand.includes(kind) && !kinds(announced).includes(kind)),
    ...measurePictures(stream.accessUnits, sequence, format.clockRate ?? 90000),
    structures: stream.structures,
    accessUnits: stream.accessUnits,
  };
}

function kindOf(format: MediaFormat, nal: Uint8Array): ParameterSet {
  if (format.codec === 'H264') return h264NalType(nal) === H264_NAL.sps ? 'SPS' : 'PPS';
  const type = h265NalType(nal);
  return type === H265_NAL.vps ? 'VPS' : type === H265_NAL.sps ? 'SPS' : 'PPS';
}

/** null for one that does not parse; `note` hears why. */
function readSequence(format: MediaFormat, nal: Uint8Array, note?: (why: string) => void): (SequenceFacts & Partial<H264Sps>) | null {
  try {
    return format.codec === 'H264' ? parseH264Sps(nal) : parseH265Sps(nal);
  } catch (error) {
    if (!(error instanceof BitstreamError)) throw error;
    note?.(error.message);
    return null;
  }
}

function sequenceFacts(format: MediaFormat, inBand: readonly Uint8Array[], announced: readonly Uint8Array[], log: DeviationLog) {
  const isSps = (nal: Uint8Array): boolean => kindOf(format, nal) === 'SPS';
  const read = (nals: readonly Uint8Array[]): readonly (SequenceFacts & Partial<H264Sps>)[] =>
    nals.filter(isSps).flatMap((nal) => {
      const facts = readSequence(format, nal, (why) => log.note('sps-unreadable', why));
      if (facts) log.add(facts.deviations);
      return facts ? [facts] : [];
    });
  const [streamSps, announcedSps] = [inBand.find(isSps), announced.find(isSps)];
  if (streamSps && announcedSps && !sameBytes(streamSps, announcedSps))
    log.note('sprop-differs', `announced ${Buffer.from(announcedSps).toString('hex')}, in the stream ${Buffer.from(streamSps).toString('hex')}`);
  const [inStream, told] = [read(inBand), read(announced)];
  const last = inStream.at(-1) ?? told.at(-1) ?? null;
  const isSameSize = told.some(({ width, height }) => inStream.some((each) => each.width === width && each.height === height));
  if (inStream.length > 0 && told.length > 0 && !isSameSize)
    log.note('sprop-of-another-size', `${told[0]?.width}x${told[0]?.height}, in the stream ${inStream[0]?.width}x${inStream[0]?.height}`);
  return { last, sizes: [...new Set(inStream.map(({ width, height }) => `${width}x${height}`))] };
}

/** RFC 6184 6.2 and 8.1 */
function judgeParameters({ parameters }: MediaFormat, sps: (SequenceFacts & Partial<H264Sps>) | null, stream: Depacketised, log: DeviationLog): void {
  const profileLevel = parameters.get('profile-level-id');
  if (profileLevel !== undefined && !/^[0-9a-f]{6}$/i.test(profileLevel)) log.note('profile-level-id-malformed', profileLevel);
  else if (profileLevel !== undefined && sps) {
    const [profileIdc, , levelIdc] = Buffer.from(profileLevel, 'hex');
    if (profileIdc !== sps.profileIdc || levelIdc !== sps.levelIdc)
      log.note('profile-level-id-differs', `${profileLevel} where the SPS says profile ${sps.profileIdc}, level ${sps.levelIdc}`);
  }
  const mode = parameters.get('packetization-mode') ?? '0';
  const packed = stream.structures.fragment + stream.structures.aggregate;
  if (mode === '0' && packed > 0) log.note('fu-in-packetization-mode-0', `${packed} packets with STAP-A or FU-A`);
}

type PictureFacts = Pick<
  VideoFacts,
  | 'pictures'
  | 'brokenPictures'
  | 'frameRate'
  | 'nominalFrameRate'
  | 'arrivalFrameRate'
  | 'seconds'
  | 'keyFrames'
  | 'keyFrameDistances'
  | 'keyFrameDistance'
  | 'picturesBeforeKeyFrame'
  | 'bitRate'
  | 'groupBitRate'
  | 'groupSeconds'
>;

function measurePictures(units: readonly AccessUnit[], { packets }: RtpSequence, clockRate: number): PictureFacts {
  const pictures = units.filter(({ hasPicture }) => hasPicture);
  const times = [...new Set(pictures.map(({ ticks }) => ticks))].sort((a, b) => a - b);
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const step = median(times.slice(1).map((time, index) => time - (times[index] as number)));
  const seconds = step === null ? 0 : (span + step) / clockRate;
  const arrivals = packets.map(({ arrivedAtMs }) => arrivedAtMs);
  const arrivalMs =
    arrivals.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - arrivals.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const keys = pictures.flatMap(({ isKey }, index) => (isKey ? [index] : []));
  const firstKey = keys[0];
  const lastKey = keys.at(-1);
  const groups =
    firstKey === undefined || lastKey === undefined ? null : { first: pictures[firstKey] as AccessUnit, last: pictures[lastKey] as AccessUnit };
  const distances = keys.slice(1).flatMap((at, index) => {
    const from = keys[index] as number;
    return pictures.slice(from + 1, at + 1).some(({ broken }) => broken) ? [] : [at - from];
  });
  return {
    pictures: pictures.length,
    brokenPictures: pictures.filter(({ broken }) => broken).length,
    frameRate: span > 0 ? ((times.length - 1) * clockRate) / span : null,
    nominalFrameRate: step === null ? null : clockRate / step,
    arrivalFrameRate: pictures.length > 1 && arrivalMs > 0 ? ((pictures.length - 1) * 1000) / arrivalMs : null,
    seconds,
    keyFrames: keys.length,
    keyFrameDistances: distances,
    keyFrameDistance: median(distances),
    picturesBeforeKeyFrame: firstKey ?? null,
    bitRate: seconds > 0 ? (8 * packets.reduce((sum, { packet }) => sum + packet.payload.length, 0)) / seconds : null,
    groupBitRate: groups === null ? null : groupBitRate(groups.first, groups.last, packets, units, clockRate),
    groupSeconds: groups === null ? null : (groups.last.ticks - groups.first.ticks) / clockRate,
  };
}

/** By NAL units instead of packets: they are what belongs to a picture for certain. */
function groupBitRate(
  first: AccessUnit,
  last: AccessUnit,
  packets: RtpSequence['packets'],
  units: readonly AccessUnit[],
  clockRate: number,
): number | null {
  const seconds = (last.ticks - first.ticks) / clockRate;
  if (seconds <= 0) return null;
  const nalBytes = units.reduce((sum, { bytes }) => sum + bytes, 0);
  const payloadBytes = packets.reduce((sum, { packet }) => sum + packet.payload.length, 0);
  const between = units.slice(units.indexOf(first), units.indexOf(last)).reduce((sum, { bytes }) => sum + bytes, 0);
  // the headers of fragments and aggregates are shared out evenly
  return (8 * between * (payloadBytes / nalBytes)) / seconds;
}

/** The lower one of the two in the middle; null for none. */
function median(values: readonly number[]): number | null {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? null;
}
