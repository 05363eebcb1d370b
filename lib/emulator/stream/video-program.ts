/** The pictures of a stream as its settings want them, made once and kept. */
import type { Scene } from '../scene.ts';
import { fillerUnit } from './bit-writer.ts';
import { pictureParameterSet, sequenceParameterSet } from './h264-parameter-sets.ts';
import { h264KeyPicture, h264SkippedPicture } from './h264-picture.ts';
import { CODING_BLOCK, h265PictureParameterSet, h265SequenceParameterSet, h265VideoParameterSet, nalHeader } from './h265-parameter-sets.ts';
import { h265KeyPicture, h265SkippedPicture } from './h265-picture.ts';
import { MARK_PLACES, type Mosaic, mosaicOf } from './mosaic.ts';
import type { Program, Unit } from './program.ts';
import { packetise } from './rtp-payload.ts';

export interface VideoSettings {
  readonly codec: 'h264' | 'h265';
  readonly profile: 66 | 77 | 100;
  /** pictures per second */
  readonly rate: number;
  /** pictures from one key picture to the next */
  readonly gop: number;
  /** bits per second to keep to, null for as few as it takes */
  readonly bitrate: number | null;
  /** what is seen, in the size of the stream */
  readonly scene: Scene;
}

const CLOCK_RATE = 90_000;
const PAYLOAD_TYPE = 96;
/** A filler unit of fewer bytes is not worth its packet. */
const LEAST_FILLER = 16;

interface Coding {
  readonly parameterSets: readonly Uint8Array[];
  readonly mosaic: Mosaic;
  readonly fillerHeader: readonly number[];
  key(count: number): Uint8Array;
  skipped(index: number): Uint8Array;
  readonly attributes: readonly string[];
}

export function createVideoProgram(settings: VideoSettings): Program {
  const { codec, rate, gop, bitrate } = settings;
  const coding = codec === 'h264' ? h264Coding(settings) : h265Coding(settings);
  const fillers = new Map<number, Uint8Array>();
  const keys = new Map<number, Unit>();
  const others = new Map<number, Unit>();
  const lengthOf = (units: readonly Uint8Array[]): number => units.reduce((sum, { length }) => sum + length, 0);
  const firstLength = lengthOf([...coding.parameterSets, coding.key(0)]);
  const share = bitrate === null ? 0 : bitrate / 8 / rate;

  /** What is missing to the constant bit rate; a key picture that is too long is made up for by those after it. */
  const filler = (index: number, length: number): readonly Uint8Array[] => {
    if (bitrate === null) return [];
    // Pictures in debt get no filler, and are all as short as this one.
    const debt = index === 0 ? 0 : Math.max(0, firstLength + (index - 1) * length - index * share);
    const missing = Math.floor(share - length - debt);
    if (missing < LEAST_FILLER) return [];
    const unit = fillers.get(missing) ?? fillerUnit(coding.fillerHeader, missing);
    fillers.set(missing, unit);
    return [unit];
  };
  const make = (units: readonly Uint8Array[], index: number): Unit => ({
    payloads: packetise(codec, [...units, ...filler(index, lengthOf(units))]),
    marker: true,
    isStart: index === 0,
  });
  const kept = (cache: Map<number, Unit>, key: number, unit: () => Unit): Unit => {
    const made = cache.get(key) ?? unit();
    cache.set(key, made);
    return made;
  };
  return {
    media: 'video',
    payloadType: PAYLOAD_TYPE,
    clockRate: CLOCK_RATE,
    unitsPerSecond: rate,
    kilobits: bitrate === null ? null : Math.round(bitrate / 1000),
    attributes: [...coding.attributes, `a=framerate:${rate}`],
    unit: (number) => {
      const index = number % gop;
      const count = Math.floor(number / gop) % MARK_PLACES;
      if (index === 0) return kept(keys, count, () => make([...coding.parameterSets, coding.key(count)], 0));
      return kept(others, index, () => make([coding.skipped(index)], index));
    },
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function h264Coding({ scene, rate, profile }: VideoSettings): Coding {
  const format = { width: scene.width, height: scene.height, rate, profile };
  const mosaic = mosaicOf(scene, 16);
  const parameterSets = [sequenceParameterSet(format), pictureParameterSet()] as const;
  const level = Buffer.from(parameterSets[0].subarray(1, 4)).toString('hex').toUpperCase();
  return {
    parameterSets,
    mosaic,
    fillerHeader: [12],
    key: (count) => h264KeyPicture(mosaic, count),
    skipped: (index) => h264SkippedPicture(mosaic, index),
    attributes: [
      `a=rtpmap:${PAYLOAD_TYPE} H264/${CLOCK_RATE}`,
      `a=fmtp:${PAYLOAD_TYPE} packetization-mode=1;profile-level-id=${level};sprop-parameter-sets=${parameterSets.map(base64).join(',')}`,
    ],
  };
}

const H265_FILLER = 38;

function h265Coding({ scene, rate }: VideoSettings): Coding {
  const format = { width: scene.width, height: scene.height, rate };
  const mosaic = mosaicOf(scene, CODING_BLOCK);
  const sets = [h265VideoParameterSet(format), h265SequenceParameterSet(format), h265PictureParameterSet()] as const;
  return {
    parameterSets: sets,
    mosaic,
    fillerHeader: nalHeader(H265_FILLER),
    key: (count) => h265KeyPicture(mosaic, count),
    skipped: (index) => h265SkippedPicture(mosaic, index),
    attributes: [
      `a=rtpmap:${PAYLOAD_TYPE} H265/${CLOCK_RATE}`,
      `a=fmtp:${PAYLOAD_TYPE} sprop-vps=${base64(sets[0])};sprop-sps=${base64(sets[1])};sprop-pps=${base64(sets[2])}`,
    ],
  };
}
