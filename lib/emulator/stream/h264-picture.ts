/**
 * Pictures of H.264 without an encoder: key pictures of Intra16x16 macroblocks of one colour each, with a mark out of
 * I_PCM macroblocks, and pictures between them that skip every macroblock.
 */
import { type BitWriter, bitWriter, nalUnit } from './bit-writer.ts';
import { FRAME_NUM_BITS } from './h264-parameter-sets.ts';
import type { Mosaic } from './mosaic.ts';

const SLICE_OF_I = 7;
const SLICE_OF_P = 5;
const I_PCM = 25;
/** Prediction of Intra16x16 and of its colour components, which count them differently (H.264 tables 8-4, 8-5). */
const FROM_ABOVE = { luma: 0, chroma: 2 };
const FROM_LEFT = { luma: 1, chroma: 1 };
const FROM_NOTHING = { luma: 2, chroma: 0 };
const GREY = 128;

/** An IDR picture; `count` numbers the key pictures and moves the mark. */
export function h264KeyPicture(mosaic: Mosaic, count: number): Uint8Array {
  const out = bitWriter();
  sliceHeader(out, SLICE_OF_I, 0);
  out.ue(count % 2); // idr_pic_id
  out.bits(0, 2); // no_output_of_prior_pics_flag, long_term_reference_flag
  sliceHeaderEnd(out);
  const { columns, rows } = mosaic;
  const mark = mosaic.marks[count % Math.max(1, mosaic.marks.length)];
  for (let at = 0; at < columns * rows; at++) {
    if (at === mark) pcmMacroblock(out, mosaic, at);
    else macroblock(out, mosaic, at, mark);
  }
  out.stop();
  return nalUnit([0x65], out.bytes());
}

/** The `index`-th picture after a key picture, which looks the same. */
export function h264SkippedPicture({ columns, rows }: Mosaic, index: number): Uint8Array {
  const out = bitWriter();
  sliceHeader(out, SLICE_OF_P, index % 2 ** FRAME_NUM_BITS);
  out.bits(0, 3); // no override of reference counts, no modification of the list, no adaptive marking
  sliceHeaderEnd(out);
  out.ue(columns * rows); // mb_skip_run
  out.stop();
  return nalUnit([0x61], out.bytes());
}

function sliceHeader(out: BitWriter, type: number, frame: number): void {
  out.ue(0); // first_mb_in_slice
  out.ue(type);
  out.ue(0); // pic_parameter_set_id
  out.bits(frame, FRAME_NUM_BITS);
}

function sliceHeaderEnd(out: BitWriter): void {
  out.se(0); // slice_qp_delta
  out.ue(1); // disable_deblocking_filter_idc
}

/** One colour, given as its difference to the macroblock on the left, or else above. */
function macroblock(out: BitWriter, { columns, luma, cb, cr }: Mosaic, at: number, mark: number | undefined): void {
  const hasLeft = at % columns > 0;
  const hasAbove = at >= columns;
  const neighbour = hasLeft ? at - 1 : hasAbove ? at - columns : -1;
  const prediction = hasLeft ? FROM_LEFT : hasAbove ? FROM_ABOVE : FROM_NOTHING;
  const step = (plane: Uint8Array): number => (plane[at] as number) - (neighbour < 0 ? GREY : (plane[neighbour] as number));
  const [dLuma, dCb, dCr] = [step(luma), step(cb), step(cr)];
  const hasColour = dCb !== 0 || dCr !== 0;
  out.ue(1 + prediction.luma + (hasColour ? 4 : 0)); // mb_type: I_16x16 without AC levels
  out.ue(prediction.chroma);
  out.se(0); // mb_qp_delta
  // A macroblock of I_PCM counts as 16 coefficients in each block, all others as none (H.264 9.2.1).
  const marked = Number(hasLeft && at - 1 === mark) + Number(hasAbove && at - columns === mark);
  const isCrowded = marked > 0;
  oneLevel(out, dLuma, isCrowded ? AFTER_MANY : AFTER_FEW);
  if (!hasColour) return;
  oneLevel(out, dCb, OF_COLOUR);
  oneLevel(out, dCr, OF_COLOUR);
}

/** `coeff_token` for no coefficient, for one of -1 or 1, and for one of another size: value and length (H.264 table 9-5). */
type Token = readonly [value: number, length: number];
type Tokens = readonly [none: Token, one: Token, other: Token];
const AFTER_FEW: Tokens = [
  [0b1, 1],
  [0b01, 2],
  [0b000101, 6],
];
const AFTER_MANY: Tokens = [
  [0b000011, 6],
  [0b000001, 6],
  [0b000000, 6],
];
const OF_COLOUR: Tokens = [
  [0b01, 2],
  [0b1, 1],
  [0b000111, 6],
];

/** A block whose only level, if any, is the first one (H.264 9.2). */
function oneLevel(out: BitWriter, level: number, [none, one, other]: Tokens): void {
  if (level === 0) {
    out.bits(...none);
    return;
  }
  const size = Math.abs(level);
  if (size === 1) {
    out.bits(...one);
    out.flag(level < 0);
  } else {
    out.bits(...other);
    const code = level > 0 ? 2 * level - 4 : -2 * level - 3;
    if (code < 14) out.bits(1, code + 1);
    else if (code < 30) {
      out.bits(1, 15);
      out.bits(code - 14, 4);
    } else {
      out.bits(1, 16);
      out.bits(code - 30, 12);
    }
  }
  out.flag(true); // total_zeros 0
}

/** The mark: stripes inside an edge that has the block's own colour, from which its neighbours are predicted. */
function pcmMacroblock(out: BitWriter, { luma, cb, cr }: Mosaic, at: number): void {
  const own = luma[at] as number;
  const samples = new Uint8Array(384);
  for (let y = 0; y < 16; y++) {
    for (let x = 0; x < 16; x++) samples[y * 16 + x] = x === 15 || y === 15 ? own : (x >> 1) % 2 === 0 ? 235 : 16;
  }
  samples.fill(cb[at] as number, 256, 320);
  samples.fill(cr[at] as number, 320);
  out.ue(I_PCM);
  out.align();
  out.append(samples);
}
