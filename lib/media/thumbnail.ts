/** Small copies of pictures, for comparing scenes: the only place that knows the fast decoder. */
import sharp from 'sharp';
import { MOST_PIXELS } from './most-pixels.ts';
import type { Pixels } from './pixels.ts';

/** Enough to tell where something is, too little for noise and compression to count. */
const LONGEST_SIDE = 160;

/**
 * A JPEG picture whose longer side has 160 pixels, each the mean of those that it stands for. Rejects with a sentence for what
 * does not decode.
 */
export async function thumbnail(jpeg: Uint8Array, longest = LONGEST_SIDE): Promise<Pixels> {
  try {
    const { data, info } = await sharp(ended(jpeg), { failOn: 'error', limitInputPixels: MOST_PIXELS })
      .resize(longest, longest, { fit: 'inside', kernel: 'linear' })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, rgba: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
  } catch (error) {
    throw new Error(`Could not decode the picture: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
}

/** A picture without its end mark shows all the same (home-assistant/core#47511); the decoder would call it cut. */
function ended(jpeg: Uint8Array): Uint8Array {
  const [last, end] = jpeg.subarray(-2);
  return jpeg[0] === 0xff && jpeg[1] === 0xd8 && !(last === 0xff && end === 0xd9) ? Buffer.concat([jpeg, Uint8Array.of(0xff, 0xd9)]) : jpeg;
}
