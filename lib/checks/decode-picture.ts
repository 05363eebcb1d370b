/** Decodes pictures for checks: what does not decode, or lacks rows, is a finding; a missing end mark alone is none here. */
import type { Exchange } from '../http/exchange.ts';
import { countJpegRows } from '../media/jpeg-rows.ts';
import { walkJpeg } from '../media/jpeg-structure.ts';
import { decodePicture, type Picture } from '../media/picture.ts';
import { type Finding, fail, finding } from './finding.ts';

const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

/** A whole JPEG picture. Decoders fill up missing rows with grey and say nothing, so the rows are counted. */
export async function decodeJpeg(bytes: Uint8Array, exchange: Exchange): Promise<Picture> {
  const { completeness } = walkJpeg(bytes);
  if (completeness === 'not-jpeg') fail('a JPEG picture', `${bytes.length} bytes that are none`, exchange);
  if (completeness === 'cut') fail('a whole JPEG picture', `${bytes.length} bytes that end before its pixels`, exchange);
  const counted = countJpegRows(bytes);
  if (counted !== null && counted.rows < counted.height) {
    fail(`a JPEG picture with all its ${counted.height} rows`, `${counted.rows} rows: it is cut`, exchange);
  }
  return decoded(completeness === 'no-end' ? Buffer.concat([bytes, END_OF_IMAGE]) : bytes, 'JPEG', exchange);
}

export const decodeBmp = (bytes: Uint8Array, exchange: Exchange): Promise<Picture> => decoded(bytes, 'BMP', exchange);

async function decoded(bytes: Uint8Array, format: 'JPEG' | 'BMP', exchange: Exchange): Promise<Picture> {
  let picture: Picture;
  try {
    picture = await decodePicture(bytes);
  } catch (error) {
    return fail(`a ${format} picture that can be decoded`, error instanceof Error ? error.message : String(error), exchange);
  }
  if (picture.format !== format.toLowerCase()) fail(`a ${format} picture`, `a ${picture.format.toUpperCase()} picture`, exchange);
  return picture;
}

/** How a JPEG picture ends: by its end mark, with nothing behind it but padding. */
export function endFindings(bytes: Uint8Array): readonly Finding[] {
  return walkJpeg(bytes)
    .deviations.filter(({ id }) => id === 'jpeg-no-end' || id === 'jpeg-trailing-bytes')
    .map(({ id, detail }) =>
      finding('FF D9 at the end of the picture, and nothing but padding behind it', `${id.replace('jpeg-', '').replaceAll('-', ' ')}: ${detail}`),
    );
}
