/** The sequence parameter set of H.264 (7.3.2.1.1 and E.1.1), bit by bit. */
import { type BitReader, BitstreamError, bitReader, within } from './bit-reader.ts';
import { deviationLog } from './deviation-log.ts';
import { payloadBits, withoutEmulationPrevention } from './nal-unit.ts';
import { CHROMA_FORMATS, type ChromaFormat, type SequenceFacts } from './sequence-facts.ts';
import { skipVideoSignal } from './video-signal.ts';

export interface H264Sps extends SequenceFacts {
  /** `constraint_set0_flag` first */
  readonly constraintFlags: readonly boolean[];
  /** Baseline (66) with constraint_set1_flag, which Main decoders play too */
  readonly isConstrainedBaseline: boolean;
  readonly levelIdc: number;
  readonly id: number;
  /** as coded, before cropping */
  readonly codedWidth: number;
  readonly codedHeight: number;
  /** false: fields or macroblock-adaptive frames may occur */
  readonly frameMbsOnly: boolean;
  readonly isFixedFrameRate: boolean;
}

const PROFILES: Readonly<Record<number, string>> = {
  66: 'Baseline',
  77: 'Main',
  88: 'Extended',
  100: 'High',
  110: 'High 10',
  122: 'High 4:2:2',
  244: 'High 4:4:4',
};
/** 7.3.2.1.1: the profiles whose parameter sets name the chroma format */
const WITH_CHROMA_FORMAT = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** `Baseline` for 66, `Main` for 77, `High` for 100; the number as text for a profile without a name here. */
export const h264ProfileName = (profileIdc: number): string => PROFILES[profileIdc] ?? String(profileIdc);

/** @param nal the whole NAL unit, header included, without start code. @throws BitstreamError in a sentence, nothing else. */
export function parseH264Sps(nal: Uint8Array): H264Sps {
  const type = (nal[0] ?? 0) & 0x1f;
  if (type !== 7) throw new BitstreamError(`The NAL unit has type ${type}, not 7.`);
  const log = deviationLog();
  const raw = withoutEmulationPrevention(nal.subarray(1));
  const reader = bitReader(raw);
  const profileIdc = reader.bits(8);
  const constraintFlags = Array.from({ length: 6 }, () => reader.flag());
  reader.skip(2);
  const levelIdc = reader.bits(8);
  const id = within('seq_parameter_set_id', reader.ue(), 0, 31);
  let chroma = 1;
  let separatePlanes = false;
  let bitDepth = 8;
  if (WITH_CHROMA_FORMAT.has(profileIdc)) {
    chroma = within('chroma_format_idc', reader.ue(), 0, 3);
    if (chroma === 3) separatePlanes = reader.flag();
    bitDepth = 8 + within('bit_depth_luma_minus8', reader.ue(), 0, 6);
    within('bit_depth_chroma_minus8', reader.ue(), 0, 6);
    reader.skip(1);
    if (reader.flag()) skipScalingMatrix(reader, chroma === 3 ? 12 : 8);
  }
  within('log2_max_frame_num_minus4', reader.ue(), 0, 12);
  skipPictureOrder(reader);
  within('max_num_ref_frames', reader.ue(), 0, 16);
  reader.skip(1);
  // level 6.2 allows 139 264 macroblocks, and a side of at most sqrt(8 x that): 1 055 macroblocks
  const widthMbs = within('pic_width_in_mbs_minus1', reader.ue(), 0, 1054) + 1;
  const heightUnits = within('pic_height_in_map_units_minus1', reader.ue(), 0, 1054) + 1;
  const frameMbsOnly = reader.flag();
  if (!frameMbsOnly) reader.skip(1);
  reader.skip(1);
  const crop = reader.flag() ? [reader.ue(), reader.ue(), reader.ue(), reader.ue()] : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const isPlanar = chroma === 0 || separatePlanes;
  const cropX = isPlanar || chroma === 3 ? 1 : 2;
  const cropY = (isPlanar || chroma > 1 ? 1 : 2) * (frameMbsOnly ? 1 : 2);
  const codedWidth = widthMbs * 16;
  const codedHeight = heightUnits * 16 * (frameMbsOnly ? 1 : 2);
  const width = within('The width after cropping', codedWidth - cropX * (left + right), 1, codedWidth);
  const height = within('The height after cropping', codedHeight - cropY * (top + bottom), 1, codedHeight);

  let timing: Timing = { frameRate: null, isFixed: false };
  try {
    if (reader.flag()) timing = readVui(reader);
    const unread = payloadBits(raw) - reader.position();
    if (unread !== 0 || raw.at(-1) === 0)
      log.note('sps-trailing-bytes', `${raw.length} bytes, of which ${Math.ceil((reader.position() + 1) / 8)} are needed`);
  } catch (error) {
    if (!(error instanceof BitstreamError)) throw error;
    log.note('sps-vui-unreadable', error.message);
  }
  return {
    profileIdc,
    profile: h264ProfileName(profileIdc),
    constraintFlags,
    isConstrainedBaseline: profileIdc === 66 && constraintFlags[1] === true,
    levelIdc,
    level: levelName(levelIdc, profileIdc, constraintFlags[3] === true),
    id,
    chromaFormat: CHROMA_FORMATS[chroma] as ChromaFormat,
    bitDepth,
    codedWidth,
    codedHeight,
    width,
    height,
    frameMbsOnly,
    frameRate: timing.frameRate,
    isFixedFrameRate: timing.isFixed,
    deviations: log.list(),
  };
}

/** A.3: level 1b is 9, or 11 with constraint_set3_flag in the profiles below High. */
function levelName(levelIdc: number, profileIdc: number, flag3: boolean): string {
  if (levelIdc === 9 || (levelIdc === 11 && flag3 && [66, 77, 88].includes(profileIdc))) return '1b';
  return (levelIdc / 10).toFixed(1);
}

function skipScalingMatrix(reader: BitReader, count: number): void {
  for (let index = 0; index < count; index++) {
    if (!reader.flag()) continue;
    let last = 8;
    let next = 8;
    for (let position = 0; position < (index < 6 ? 16 : 64) && next !== 0; position++) {
      next = (last + within('delta_scale', reader.se(), -128, 127) + 256) % 256;
      if (next !== 0) last = next;
    }
  }
}

function skipPictureOrder(reader: BitReader): void {
  const type = within('pic_order_cnt_type', reader.ue(), 0, 2);
  if (type === 0) within('log2_max_pic_order_cnt_lsb_minus4', reader.ue(), 0, 12);
  if (type !== 1) return;
  reader.skip(1);
  reader.se();
  reader.se();
  for (let left = within('num_ref_frames_in_pic_order_cnt_cycle', reader.ue(), 0, 255); left > 0; left--) reader.se();
}

interface Timing {
  readonly frameRate: number | null;
  readonly isFixed: boolean;
}

/** E.1.1: all of it, so that what comes behind it shows. */
function readVui(reader: BitReader): Timing {
  skipVideoSignal(reader);
  let timing: Timing = { frameRate: null, isFixed: false };
  if (reader.flag()) {
    const unitsInTick = reader.bits(32);
    const timeScale = reader.bits(32);
    // a tick is a field: two of them make a frame
    timing = { frameRate: unitsInTick > 0 && timeScale > 0 ? timeScale / unitsInTick / 2 : null, isFixed: reader.flag() };
  }
  const hasNal = reader.flag();
  if (hasNal) skipHrd(reader);
  const hasVcl = reader.flag();
  if (hasVcl) skipHrd(reader);
  if (hasNal || hasVcl) reader.skip(1);
  reader.skip(1);
  if (reader.flag()) {
    reader.skip(1);
    for (let count = 0; count < 6; count++) reader.ue();
  }
  return timing;
}

function skipHrd(reader: BitReader): void {
  const count = within('cpb_cnt_minus1', reader.ue(), 0, 31) + 1;
  reader.skip(8);
  for (let index = 0; index < count; index++) {
    reader.ue();
    reader.ue();
    reader.skip(1);
  }
  reader.skip(20);
}
