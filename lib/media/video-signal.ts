/** The beginning of the video usability information, the same in H.264 (E.1.1) and H.265 (E.2.1): how the picture is to be shown. */
import type { BitReader } from './bit-reader.ts';

/** Value of aspect_ratio_idc for a ratio that is written out. */
const EXTENDED_SAR = 255;

/** Up to and with the place of the chroma samples; nothing of it is judged. */
export function skipVideoSignal(reader: BitReader): void {
  if (reader.flag() && reader.bits(8) === EXTENDED_SAR) reader.skip(32);
  if (reader.flag()) reader.skip(1);
  if (reader.flag()) {
    reader.skip(4);
    if (reader.flag()) reader.skip(24);
  }
  if (reader.flag()) {
    reader.ue();
    reader.ue();
  }
}
