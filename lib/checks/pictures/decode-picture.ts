/** Decodes pictures for checks: what does not decode, or lacks rows, is a finding; a missing end mark alone is none here. */

import { countJpegRows } from '../../media/jpeg-rows.ts';
import { walkJpeg } from '../../media/jpeg-structure.ts';
import { decodePicture, type Picture } from '../../media/picture.ts';
import { type Finding, fail, finding } from '../../results/finding.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { counted } from '../quantities.ts';
import { bytesInWords } from '../values/bytes-in-words.ts';
import { whyUndecodable } from './broken-picture.ts';

/** SOI, and the first byte of the marker behind it. */
const START_OF_IMAGE = Buffer.from([0xff, 0xd8, 0xff]);
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

/** A whole JPEG picture. Decoders fill up missing rows with grey and say nothing, so the rows are counted. */
export async function decodeJpeg(bytes: Uint8Array, exchange: Exchange): Promise<Picture> {
  const { completeness } = walkJpeg(bytes);
  if (completeness === 'not-jpeg') fail('a JPEG picture, which begins with FF D8', `${bytesInWords(bytes)}${startOfJpeg(bytes)}`, exchange);
  if (completeness === 'cut') fail('a whole JPEG picture', `${counted(bytes.length, 'byte')} that end before its pixels`, exchange);
  const there = countJpegRows(bytes);
  if (there !== null && there.rows < there.height) {
    fail(
      `a JPEG picture with all its ${there.height} rows`,
      `coded data for ${there.rows} of them: it is cut, or names a height that it does not have`,
      exchange,
    );
  }
  return decoded(completeness === 'no-end' ? Buffer.concat([bytes, END_OF_IMAGE]) : bytes, 'JPEG', exchange);
}

/** Where a JPEG picture begins behind something else. */
function startOfJpeg(bytes: Uint8Array): string {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(START_OF_IMAGE);
  return at > 0 ? `; a JPEG picture begins at byte ${at} of them` : '';
}

export const decodeBmp = (bytes: Uint8Array, exchange: Exchange): Promise<Picture> => decoded(bytes, 'BMP', exchange);

async function decoded(bytes: Uint8Array, format: 'JPEG' | 'BMP', exchange: Exchange): Promise<Picture> {
  let picture: Picture;
  try {
    picture = await decodePicture(bytes);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return fail(`a ${format} picture that can be decoded`, whyUndecodable(bytes, error), exchange);
  }
  if (picture.format !== format.toLowerCase()) fail(`a ${format} picture`, bytesInWords(bytes), exchange);
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
