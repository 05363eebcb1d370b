/** Sequence and picture parameter sets of H.264, written bit by bit. */
import { bitWriter, nalUnit } from './bit-writer.ts';

export const MACROBLOCK = 16;
/** 16 bits for `frame_num`: no group of pictures is longer. */
export const FRAME_NUM_BITS = 16;

/** At this quantiser a DC level of 1 is a step of 1 in the picture, so that blocks have exactly the colour that is meant. */
const LUMA_QP = 28;
/** The same for the colour components, whose quantiser is 22. */
const CHROMA_QP_OFFSET = -6;

export interface H264Format {
  readonly width: number;
  readonly height: number;
  /** pictures per second */
  readonly rate: number;
  /** 66 Baseline, 77 Main, 100 High */
  readonly profile: 66 | 77 | 100;
}

/** The constraint flag of each profile's own number (H.264 A.2). */
const CONSTRAINTS = { 66: 0x80, 77: 0x40, 100: 0 } as const;

/** Level, its macroblocks per picture and per second (H.264 table A-1). */
const LEVELS = [
  [13, 396, 11_880],
  [22, 1_620, 20_250],
  [30, 1_620, 40_500],
  [31, 3_600, 108_000],
  [40, 8_192, 245_760],
  [42, 8_704, 522_240],
  [50, 22_080, 589_824],
  [51, 36_864, 983_040],
] as const;

export function h264Level({ width, height, rate }: H264Format): number {
  const blocks = Math.ceil(width / MACROBLOCK) * Math.ceil(height / MACROBLOCK);
  return LEVELS.find(([, picture, second]) => blocks <= picture && blocks * rate <= second)?.[0] ?? 51;
}

export function sequenceParameterSet(format: H264Format): Uint8Array {
  const { width, height, rate, profile } = format;
  const columns = Math.ceil(width / MACROBLOCK);
  const rows = Math.ceil(height / MACROBLOCK);
  const out = bitWriter();
  out.bits(profile, 8);
  out.bits(CONSTRAINTS[profile], 8);
  out.bits(h264Level(format), 8);
  out.ue(0); // seq_parameter_set_id
  if (profile === 100) {
    out.ue(1); // chroma_format_idc
    out.ue(0); // bit_depth_luma_minus8
    out.ue(0); // bit_depth_chroma_minus8
    out.bits(0, 2); // qpprime_y_zero_transform_bypass_flag, seq_scaling_matrix_present_flag
  }
  out.ue(FRAME_NUM_BITS - 4);
  out.ue(2); // pic_order_cnt_type: output in the order of decoding
  out.ue(1); // max_num_ref_frames
  out.flag(false); // gaps_in_frame_num_value_allowed_flag
  out.ue(columns - 1);
  out.ue(rows - 1);
  out.bits(0b11, 2); // frame_mbs_only_flag, direct_8x8_inference_flag
  const [right, bottom] = [(columns * MACROBLOCK - width) / 2, (rows * MACROBLOCK - height) / 2];
  out.flag(right + bottom > 0);
  if (right + bottom > 0) for (const crop of [0, right, 0, bottom]) out.ue(crop);
  out.flag(true); // vui_parameters_present_flag
  out.bits(0, 4); // aspect ratio, overscan, video signal, chroma location: none
  out.flag(true); // timing_info_present_flag
  out.bits(1, 32);
  out.bits(rate * 2, 32); // time_scale counts fields
  out.flag(true); // fixed_frame_rate_flag
  out.bits(0, 3); // no HRD parameters, no pic_struct
  out.bits(0b11, 2); // bitstream_restriction_flag, motion_vectors_over_pic_boundaries_flag
  // max_bytes_per_pic_denom, max_bits_per_mb_denom, two lengths of vectors, max_num_reorder_frames, max_dec_frame_buffering
  for (const restriction of [0, 0, 10, 10, 0, 1]) out.ue(restriction);
  out.stop();
  return nalUnit([0x67], out.bytes());
}

export function pictureParameterSet(): Uint8Array {
  const out = bitWriter();
  out.ue(0); // pic_parameter_set_id
  out.ue(0); // seq_parameter_set_id
  out.bits(0, 2); // CAVLC, no field order
  for (let zero = 0; zero < 3; zero++) out.ue(0); // one slice group, one reference picture in either list
  out.bits(0, 3); // no weighted prediction
  out.se(LUMA_QP - 26);
  out.se(0); // pic_init_qs_minus26
  out.se(CHROMA_QP_OFFSET);
  out.bits(0b100, 3); // deblocking_filter_control_present_flag alone
  out.stop();
  return nalUnit([0x68], out.bytes());
}
