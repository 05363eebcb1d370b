/** Video, sequence and picture parameter sets of H.265 (Main profile), written bit by bit. */
import { type BitWriter, bitWriter, nalUnit } from './bit-writer.ts';

/** Coding tree block, coding block and transform block are one: 32 x 32. */
export const CODING_BLOCK = 32;
export const PICTURE_COUNT_BITS = 16;
/** At this quantiser a DC level of 1 is a step of 1 in the picture, and the offset makes it so for the colour components. */
export const QUANTISER = 34;
const CHROMA_OFFSET = -6;

export interface H265Format {
  readonly width: number;
  readonly height: number;
  /** pictures per second */
  readonly rate: number;
}

/** `general_level_idc` (30 times the level), luma samples of a picture and per second (H.265 tables A.8, A.9). */
const LEVELS = [
  [63, 245_760, 7_372_800],
  [90, 552_960, 16_588_800],
  [93, 983_040, 33_177_600],
  [120, 2_228_224, 66_846_720],
  [123, 2_228_224, 133_693_440],
  [150, 8_912_896, 267_386_880],
  [153, 8_912_896, 534_773_760],
] as const;

export const nalHeader = (type: number): readonly number[] => [type << 1, 1];

function padded({ width, height }: H265Format): [width: number, height: number] {
  return [Math.ceil(width / CODING_BLOCK) * CODING_BLOCK, Math.ceil(height / CODING_BLOCK) * CODING_BLOCK];
}

export function h265Level(format: H265Format): number {
  const [width, height] = padded(format);
  const samples = width * height;
  return LEVELS.find(([, picture, second]) => samples <= picture && samples * format.rate <= second)?.[0] ?? 153;
}

function profileTierLevel(out: BitWriter, format: H265Format): void {
  out.bits(1, 8); // profile space, tier, Main
  out.bits(0x60000000, 32); // compatible with Main and Main 10
  out.bits(0b1011, 4); // progressive, frames only
  out.bits(0, 32);
  out.bits(0, 12);
  out.bits(h265Level(format), 8);
}

/** One picture is kept beside the one that is decoded; none waits for another. */
function pictureBuffer(out: BitWriter): void {
  out.flag(true); // sub_layer_ordering_info_present_flag
  for (const value of [1, 0, 0]) out.ue(value);
}

function timing(out: BitWriter, rate: number): void {
  out.flag(true);
  out.bits(1, 32);
  out.bits(rate, 32);
  out.flag(false); // not proportional to picture order count
}

export function h265VideoParameterSet(format: H265Format): Uint8Array {
  const out = bitWriter();
  out.bits(0, 4); // vps_video_parameter_set_id
  out.bits(0b11, 2); // base layer internal and available
  out.bits(0, 9); // one layer, one sub-layer
  out.flag(true); // vps_temporal_id_nesting_flag
  out.bits(0xffff, 16);
  profileTierLevel(out, format);
  pictureBuffer(out);
  out.bits(0, 6); // vps_max_layer_id
  out.ue(0); // vps_num_layer_sets_minus1
  timing(out, format.rate);
  out.ue(0); // vps_num_hrd_parameters
  out.flag(false); // vps_extension_flag
  out.stop();
  return nalUnit(nalHeader(32), out.bytes());
}

export function h265SequenceParameterSet(format: H265Format): Uint8Array {
  const [width, height] = padded(format);
  const out = bitWriter();
  out.bits(0, 7); // sps_video_parameter_set_id, one sub-layer
  out.flag(true); // sps_temporal_id_nesting_flag
  profileTierLevel(out, format);
  out.ue(0); // sps_seq_parameter_set_id
  out.ue(1); // chroma_format_idc
  out.ue(width);
  out.ue(height);
  const [right, bottom] = [(width - format.width) / 2, (height - format.height) / 2];
  out.flag(right + bottom > 0);
  if (right + bottom > 0) for (const crop of [0, right, 0, bottom]) out.ue(crop);
  out.ue(0); // bit_depth_luma_minus8
  out.ue(0); // bit_depth_chroma_minus8
  out.ue(PICTURE_COUNT_BITS - 4);
  pictureBuffer(out);
  out.ue(2); // smallest coding block 32
  out.ue(0); // and no larger one
  out.ue(0); // smallest transform block 4
  out.ue(3); // largest 32
  out.ue(0); // max_transform_hierarchy_depth_inter
  out.ue(0); // max_transform_hierarchy_depth_intra
  out.bits(0, 4); // no scaling lists, asymmetric partitions, sample adaptive offset, PCM
  out.ue(1); // num_short_term_ref_pic_sets: the picture before
  for (const value of [1, 0, 0]) out.ue(value);
  out.flag(true); // used_by_curr_pic_s0_flag
  out.bits(0, 3); // no long-term references, temporal vectors, strong smoothing
  out.flag(true); // vui_parameters_present_flag
  out.bits(0, 8); // none of it but the timing
  timing(out, format.rate);
  out.bits(0, 2); // no HRD parameters, no bitstream restriction
  out.flag(false); // sps_extension_present_flag
  out.stop();
  return nalUnit(nalHeader(33), out.bytes());
}

export function h265PictureParameterSet(): Uint8Array {
  const out = bitWriter();
  out.ue(0); // pps_pic_parameter_set_id
  out.ue(0); // pps_seq_parameter_set_id
  out.bits(0, 7); // no dependent slices, output flag, extra bits, sign hiding, choice of tables
  out.ue(0); // one reference picture in either list
  out.ue(0);
  out.se(QUANTISER - 26);
  out.bits(0, 3); // no constrained intra prediction, transform skip, quantiser per block
  out.se(CHROMA_OFFSET);
  out.se(CHROMA_OFFSET);
  out.bits(0, 7); // offsets per slice, weighted prediction (2), bypass, tiles, entropy synchronisation, filter across slices
  out.bits(0b101, 3); // deblocking: controlled here, not overridden, off
  out.bits(0, 2); // no scaling lists, no modification of reference lists
  out.ue(0); // log2_parallel_merge_level_minus2
  out.bits(0, 2); // no extension of slice headers, no extension
  out.stop();
  return nalUnit(nalHeader(34), out.bytes());
}
