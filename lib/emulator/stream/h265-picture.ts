/**
 * Pictures of H.265 without an encoder: key pictures of 32 x 32 blocks of one colour each, predicted as DC from their
 * neighbours, and pictures between them that skip every block.
 */
import { bitWriter, nalUnit } from './bit-writer.ts';
import { type CabacWriter, type Context, cabacWriter, context } from './cabac-writer.ts';
import { nalHeader, PICTURE_COUNT_BITS, QUANTISER } from './h265-parameter-sets.ts';
import type { Mosaic } from './mosaic.ts';

const IDR_W_RADL = 19;
const TRAIL_R = 1;
const SLICE_OF_P = 1;
const SLICE_OF_I = 2;
const GREY = 128;
const WHITE = 235;
const BLACK = 16;

/** An IDR picture; `count` numbers the key pictures and moves the mark. */
export function h265KeyPicture(mosaic: Mosaic, count: number): Uint8Array {
  const out = bitWriter();
  out.bits(0b10, 2); // first_slice_segment_in_pic_flag, no_output_of_prior_pics_flag
  out.ue(0); // slice_pic_parameter_set_id
  out.ue(SLICE_OF_I);
  out.se(0); // slice_qp_delta
  out.stop();
  out.append(keySlice(withMark(mosaic, count)));
  return nalUnit(nalHeader(IDR_W_RADL), out.bytes());
}

/** The `index`-th picture after a key picture, which looks the same. */
export function h265SkippedPicture({ columns, rows }: Mosaic, index: number): Uint8Array {
  const out = bitWriter();
  out.flag(true); // first_slice_segment_in_pic_flag
  out.ue(0); // slice_pic_parameter_set_id
  out.ue(SLICE_OF_P);
  out.bits(index % 2 ** PICTURE_COUNT_BITS, PICTURE_COUNT_BITS);
  out.bits(0b10, 2); // short_term_ref_pic_set_sps_flag, num_ref_idx_active_override_flag
  out.ue(4); // one merge candidate
  out.se(0); // slice_qp_delta
  out.stop();
  const cabac = cabacWriter();
  // cu_skip_flag, by how many of the left and upper block skip
  const skip = [197, 185, 201].map((init) => context(init, QUANTISER)) as [Context, Context, Context];
  for (let at = 0; at < columns * rows; at++) {
    cabac.decision(skip[Number(at % columns > 0) + Number(at >= columns)] as Context, 1);
    cabac.terminate(at === columns * rows - 1 ? 1 : 0);
  }
  out.append(cabac.bytes());
  return nalUnit(nalHeader(TRAIL_R), out.bytes());
}

/** The marked block in the opposite lightness. */
function withMark(mosaic: Mosaic, count: number): Mosaic {
  const mark = mosaic.marks[count % Math.max(1, mosaic.marks.length)];
  if (mark === undefined) return mosaic;
  const luma = mosaic.luma.slice();
  luma[mark] = (luma[mark] as number) < GREY ? WHITE : BLACK;
  return { ...mosaic, luma };
}

/** The contexts of a block of one level, with the initial values for intra slices (H.265 9.3.2.2). */
interface LevelContexts {
  readonly last: readonly [across: Context, down: Context];
  readonly aboveOne: Context;
  readonly aboveTwo: Context;
}

function keySlice({ columns, rows, luma, cb, cr }: Mosaic): Uint8Array {
  const cabac = cabacWriter();
  const known = (init: number): Context => context(init, QUANTISER);
  const [partMode, mostProbable, chromaMode, hasLuma, hasChroma] = [184, 184, 63, 141, 94].map(known) as [
    Context,
    Context,
    Context,
    Context,
    Context,
  ];
  const ofLuma: LevelContexts = { last: [known(111), known(111)], aboveOne: known(92), aboveTwo: known(138) };
  const ofChroma: LevelContexts = { last: [known(108), known(108)], aboveOne: known(179), aboveTwo: known(152) };
  for (let at = 0; at < columns * rows; at++) {
    const [dLuma, dCb, dCr] = [luma, cb, cr].map((plane) => (plane[at] as number) - predicted(plane, at, columns)) as [number, number, number];
    cabac.decision(partMode, 1); // 2Nx2N
    cabac.decision(mostProbable, 1);
    cabac.bypass(0b10, 2); // the second most probable mode, DC, as all neighbours have it
    cabac.decision(chromaMode, 0); // the same mode
    cabac.decision(hasChroma, Number(dCb !== 0));
    cabac.decision(hasChroma, Number(dCr !== 0));
    cabac.decision(hasLuma, Number(dLuma !== 0));
    level(cabac, ofLuma, dLuma);
    level(cabac, ofChroma, dCb);
    level(cabac, ofChroma, dCr);
    cabac.terminate(at === columns * rows - 1 ? 1 : 0);
  }
  return cabac.bytes();
}

/** DC prediction from blocks of one colour; a missing neighbour takes the value of the other (H.265 8.4.4.2). */
function predicted(plane: Uint8Array, at: number, columns: number): number {
  const left = at % columns > 0 ? plane[at - 1] : undefined;
  const above = at >= columns ? plane[at - columns] : undefined;
  if (left === undefined && above === undefined) return GREY;
  return ((left ?? above ?? 0) + (above ?? left ?? 0) + 1) >> 1;
}

/** A block whose only level, if any, is the first one (H.265 7.3.8.11). */
function level(cabac: CabacWriter, { last, aboveOne, aboveTwo }: LevelContexts, value: number): void {
  if (value === 0) return;
  for (const known of last) cabac.decision(known, 0);
  const size = Math.abs(value);
  cabac.decision(aboveOne, size > 1 ? 1 : 0);
  if (size > 1) cabac.decision(aboveTwo, size > 2 ? 1 : 0);
  cabac.bypass(value < 0 ? 1 : 0, 1);
  if (size > 2) remaining(cabac, size - 3);
}

/** `coeff_abs_level_remaining` with Rice parameter 0 (H.265 9.3.3.11). */
function remaining(cabac: CabacWriter, value: number): void {
  if (value < 4) {
    cabac.bypass(2 ** (value + 1) - 2, value + 1);
    return;
  }
  let [prefix, rest, bits] = [4, value - 4, 1];
  while (rest >= 2 ** bits) {
    rest -= 2 ** bits;
    bits++;
    prefix++;
  }
  cabac.bypass(2 ** (prefix + 1) - 2, prefix + 1);
  cabac.bypass(rest, bits);
}
