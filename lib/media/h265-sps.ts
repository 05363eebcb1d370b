/** The sequence and video parameter sets of H.265 (7.3.2.1, 7.3.2.2, E.2.1), bit by bit. */
import { type BitReader, BitstreamError, bitReader, within } from './bit-reader.ts';
import { deviationLog } from './deviation-log.ts';
import { withoutEmulationPrevention } from './nal-unit.ts';
import { CHROMA_FORMATS, type ChromaFormat, type SequenceFacts } from './sequence-facts.ts';
import { skipVideoSignal } from './video-signal.ts';

interface ProfileTierLevel {
  readonly profileIdc: number;
  /** `Main`, `Main 10`, …; the number as text for others */
  readonly profile: string;
  readonly tier: 'main' | 'high';
  /** 30 times the level */
  readonly levelIdc: number;
  readonly level: string;
}

export interface H265Sps extends SequenceFacts, ProfileTierLevel {
  readonly id: number;
  /** the video parameter set that it belongs to */
  readonly vpsId: number;
  /** as coded, before the conformance window */
  readonly codedWidth: number;
  readonly codedHeight: number;
}

const PROFILES: Readonly<Record<number, string>> = { 1: 'Main', 2: 'Main 10', 3: 'Main Still Picture', 4: 'Format Range Extensions' };

/** `Main` for 1, `Main 10` for 2; the number as text for a profile without a name here. */
export const h265ProfileName = (profileIdc: number): string => PROFILES[profileIdc] ?? String(profileIdc);

function open(nal: Uint8Array, wanted: number): BitReader {
  const type = ((nal[0] ?? 0) >> 1) & 0x3f;
  if (type !== wanted) throw new BitstreamError(`The NAL unit has type ${type}, not ${wanted}.`);
  return bitReader(withoutEmulationPrevention(nal.subarray(2)));
}

/** @param nal the whole NAL unit, header included, without start code. @throws BitstreamError in a sentence, nothing else. */
export function parseH265Sps(nal: Uint8Array): H265Sps {
  const reader = open(nal, 33);
  const vpsId = reader.bits(4);
  const subLayers = within('sps_max_sub_layers_minus1', reader.bits(3), 0, 6);
  reader.skip(1);
  const ptl = readProfileTierLevel(reader, subLayers);
  const id = within('sps_seq_parameter_set_id', reader.ue(), 0, 15);
  const chroma = within('chroma_format_idc', reader.ue(), 0, 3);
  const separatePlanes = chroma === 3 && reader.flag();
  // level 6.2 allows 35 651 584 luma samples, and a side of at most sqrt(8 x that): 16 888
  const codedWidth = within('pic_width_in_luma_samples', reader.ue(), 1, 16888);
  const codedHeight = within('pic_height_in_luma_samples', reader.ue(), 1, 16888);
  const [left = 0, right = 0, top = 0, bottom = 0] = reader.flag() ? [reader.ue(), reader.ue(), reader.ue(), reader.ue()] : [];
  const isSubsampled = !separatePlanes;
  const cropX = isSubsampled && (chroma === 1 || chroma === 2) ? 2 : 1;
  const cropY = isSubsampled && chroma === 1 ? 2 : 1;
  const width = within('The width inside the conformance window', codedWidth - cropX * (left + right), 1, codedWidth);
  const height = within('The height inside the conformance window', codedHeight - cropY * (top + bottom), 1, codedHeight);
  const bitDepth = 8 + within('bit_depth_luma_minus8', reader.ue(), 0, 8);

  const log = deviationLog();
  if (nal.at(-1) === 0) log.note('sps-trailing-bytes', 'the last byte is 00');
  let frameRate: number | null = null;
  try {
    frameRate = readTail(reader, subLayers);
  } catch (error) {
    if (!(error instanceof BitstreamError)) throw error;
    log.note('sps-vui-unreadable', error.message);
  }
  return {
    ...ptl,
    id,
    vpsId,
    chromaFormat: CHROMA_FORMATS[chroma] as ChromaFormat,
    bitDepth,
    codedWidth,
    codedHeight,
    width,
    height,
    frameRate,
    deviations: log.list(),
  };
}

/** 7.3.3 with profilePresentFlag 1 */
function readProfileTierLevel(reader: BitReader, subLayers: number): ProfileTierLevel {
  reader.skip(2);
  const tier = reader.flag() ? 'high' : 'main';
  const profileIdc = reader.bits(5);
  // compatibility flags, then 48 bits of constraints
  reader.skip(32 + 48);
  const levelIdc = reader.bits(8);
  const present = Array.from({ length: subLayers }, () => [reader.flag(), reader.flag()] as const);
  if (subLayers > 0) reader.skip(2 * (8 - subLayers));
  for (const [profile, level] of present) reader.skip((profile ? 88 : 0) + (level ? 8 : 0));
  return { profileIdc, profile: h265ProfileName(profileIdc), tier, levelIdc, level: (levelIdc / 30).toFixed(1) };
}

function skipOrderingInfo(reader: BitReader, subLayers: number): void {
  for (let left = reader.flag() ? subLayers : 0; left >= 0; left--) {
    reader.ue();
    reader.ue();
    reader.ue();
  }
}

function readFrameRate(reader: BitReader): number | null {
  const unitsInTick = reader.bits(32);
  const timeScale = reader.bits(32);
  return unitsInTick > 0 && timeScale > 0 ? timeScale / unitsInTick : null;
}

/** From the chroma bit depth to the timing information; what comes behind that is left alone. */
function readTail(reader: BitReader, subLayers: number): number | null {
  reader.ue();
  const orderBits = 4 + within('log2_max_pic_order_cnt_lsb_minus4', reader.ue(), 0, 12);
  skipOrderingInfo(reader, subLayers);
  // block sizes and transform depths
  for (let count = 0; count < 6; count++) reader.ue();
  if (reader.flag() && reader.flag()) skipScalingLists(reader);
  reader.skip(2);
  if (reader.flag()) {
    reader.skip(8);
    reader.ue();
    reader.ue();
    reader.skip(1);
  }
  skipReferenceSets(reader);
  if (reader.flag()) reader.skip(within('num_long_term_ref_pics_sps', reader.ue(), 0, 32) * (orderBits + 1));
  reader.skip(2);
  return reader.flag() ? readVuiTiming(reader) : null;
}

/** 7.3.4 */
function skipScalingLists(reader: BitReader): void {
  for (let size = 0; size < 4; size++) {
    for (let matrix = 0; matrix < 6; matrix += size === 3 ? 3 : 1) {
      if (!reader.flag()) {
        reader.ue();
        continue;
      }
      for (let left = Math.min(64, 1 << (4 + 2 * size)) + (size > 1 ? 1 : 0); left > 0; left--) reader.se();
    }
  }
}

/** 7.3.7; a predicted set has as many flags as the set before has pictures, so all have to be worked out (7-61, 7-62). */
function skipReferenceSets(reader: BitReader): void {
  let previous: readonly number[] = [];
  const count = within('num_short_term_ref_pic_sets', reader.ue(), 0, 64);
  for (let index = 0; index < count; index++) previous = index > 0 && reader.flag() ? predictedSet(reader, previous) : codedSet(reader);
}

function codedSet(reader: BitReader): readonly number[] {
  const negative = within('num_negative_pics', reader.ue(), 0, 16);
  const positive = within('num_positive_pics', reader.ue(), 0, 16);
  const side = (pictures: number, sign: number): readonly number[] => {
    let delta = 0;
    return Array.from({ length: pictures }, () => {
      delta += sign * (reader.ue() + 1);
      reader.skip(1);
      return delta;
    });
  };
  return [...side(negative, -1), ...side(positive, 1)];
}

function predictedSet(reader: BitReader, previous: readonly number[]): readonly number[] {
  const sign = reader.flag() ? -1 : 1;
  const shift = sign * (reader.ue() + 1);
  const deltas: number[] = [];
  for (const delta of [...previous, 0]) {
    const isUsed = reader.flag() || reader.flag();
    if (isUsed && delta + shift !== 0) deltas.push(delta + shift);
  }
  within('The pictures of a reference picture set', deltas.length, 0, 32);
  const nearestFirst = (a: number, b: number): number => Math.abs(a) - Math.abs(b);
  return [...deltas.filter((delta) => delta < 0).sort(nearestFirst), ...deltas.filter((delta) => delta > 0).sort(nearestFirst)];
}

/** E.2.1, up to the timing information */
function readVuiTiming(reader: BitReader): number | null {
  skipVideoSignal(reader);
  reader.skip(3);
  if (reader.flag()) for (let count = 0; count < 4; count++) reader.ue();
  return reader.flag() ? readFrameRate(reader) : null;
}
