/** Pictures as pixels: the only place that knows the picture library. Measures, never judges. */
import { bmpHeaderOf } from './bmp.ts';
import { walkJpeg } from './jpeg-structure.ts';
import { hasTooManyPixels } from './most-pixels.ts';
import type { Pixels } from './pixels.ts';

export interface Picture extends Pixels {
  readonly format: 'jpeg' | 'bmp';
}

/** Loaded with the first picture: it takes most of a second, and many runs have no pictures. */
const library = () => import('jimp');

/** Which format the first bytes announce, null for neither. */
export function formatOf(bytes: Uint8Array): Picture['format'] | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  return bytes[0] === 0x42 && bytes[1] === 0x4d ? 'bmp' : null;
}

/** The picture decoded last: the same snapshot often comes by several ways, and decoding a large one takes most of a second. */
let last: { readonly bytes: Uint8Array; readonly picture: Picture } | null = null;

/** A JPEG or BMP picture; rejects with a sentence for anything else and for one that does not decode. */
export async function decodePicture(bytes: Uint8Array): Promise<Picture> {
  const format = formatOf(bytes);
  if (!format) throw new Error(`Could not decode the picture: its ${bytes.length} bytes begin neither as JPEG nor as BMP.`);
  const claimed = format === 'jpeg' ? walkJpeg(bytes).frame : bmpHeaderOf(bytes);
  if (claimed !== null && hasTooManyPixels(claimed))
    throw new Error(`Could not decode the picture: it claims ${claimed.width}x${claimed.height} pixels.`);
  if (last !== null && Buffer.compare(last.bytes, bytes) === 0) return last.picture;
  const { Jimp } = await library();
  try {
    const { bitmap } = await Jimp.fromBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const picture = { format, width: bitmap.width, height: bitmap.height, rgba: bitmap.data };
    if (format === 'jpeg') last = { bytes, picture };
    return picture;
  } catch (error) {
    throw new Error(`Could not decode the ${format.toUpperCase()} picture: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
