/** Section 36: the picture inside JSON. */

import type { Members } from '../../../document/row-value.ts';
import { type BlindDefect, SHOULD, tampering, writerFor } from './blind-defect.ts';
import { counter, shows } from './sets-and-gets.ts';

const snap = writerFor('snap-base64-image');

const inPicture = (change: (picture: Buffer, reply: Members) => Members) => () =>
  tampering(shows('getFmtSnap', (reply) => ({ ...reply, ...change(Buffer.from(String(reply.image_base64), 'base64'), reply) })));

const of = (picture: Buffer): Members => ({ image_base64: picture.toString('base64'), image_length: picture.length });

export const SNAP_BASE64_IMAGE: readonly BlindDefect[] = [
  snap(
    'whole-jpeg',
    'picture-cut',
    'sends the first half of its picture, with its length',
    inPicture((picture) => of(picture.subarray(0, picture.length >> 1))),
  ),
  snap(
    'whole-jpeg',
    'picture-without-end',
    'leaves out the end marker of its picture',
    inPicture((picture) => of(picture.subarray(0, -2))),
    SHOULD,
  ),
  snap(
    'whole-jpeg',
    'picture-in-lines',
    'breaks its base64 into lines',
    inPicture((_, reply) => ({ image_base64: String(reply.image_base64).replaceAll(/.{76}/g, '$&\r\n') })),
    SHOULD,
  ),
  snap(
    'whole-jpeg',
    'picture-with-prefix',
    'puts "data:image/jpeg;base64," before its base64',
    inPicture((_, reply) => ({ image_base64: `data:image/jpeg;base64,${String(reply.image_base64)}` })),
  ),
  snap(
    'whole-jpeg',
    'picture-twice-encoded',
    'encodes its picture twice',
    inPicture((_, reply) => ({ image_base64: Buffer.from(String(reply.image_base64)).toString('base64') })),
  ),
  snap(
    'whole-jpeg',
    'picture-empty',
    'sends an empty picture',
    inPicture(() => ({ image_base64: '', image_length: 0 })),
  ),
  snap(
    'whole-jpeg',
    'picture-hexadecimal',
    'sends its picture in hexadecimal',
    inPicture((picture) => ({ image_base64: picture.toString('hex') })),
  ),
  snap(
    'whole-jpeg',
    'picture-elided',
    'sends the beginning of its picture and dots, as the example does',
    inPicture((_, reply) => ({ image_base64: `${String(reply.image_base64).slice(0, 15)}....` })),
  ),
  snap(
    'whole-jpeg',
    'picture-frozen',
    'sends its first picture again each time',
    () => {
      let first: Members | null = null;
      return tampering(
        shows('getFmtSnap', (reply) => {
          first ??= { image_base64: reply.image_base64, image_length: reply.image_length };
          return { ...reply, ...first };
        }),
      );
    },
    SHOULD,
  ),
  snap('whole-jpeg', 'picture-each-second-empty', 'sends an empty picture each second time', () => {
    const next = counter();
    return tampering(shows('getFmtSnap', (reply) => (next() % 2 === 0 ? { ...reply, image_base64: '', image_length: 0 } : reply)));
  }),
  snap(
    'length',
    'length-off-by-one',
    'says one byte more than its picture has',
    inPicture((picture) => ({ image_length: picture.length + 1 })),
  ),
  snap(
    'length',
    'length-zero',
    'says length 0',
    inPicture(() => ({ image_length: 0 })),
  ),
  snap(
    'length',
    'length-of-example',
    "says the length of the document's example",
    inPicture(() => ({ image_length: 1_064_105 })),
  ),
  snap('length', 'length-of-first', 'says the length of its first picture each time', () => {
    let first: unknown;
    return tampering(
      shows('getFmtSnap', (reply) => {
        first ??= reply.image_length;
        return { ...reply, image_length: Number(first) };
      }),
    );
  }),
  snap(
    'length',
    'length-of-hexadecimal',
    'says twice the length of its picture',
    inPicture((picture) => ({ image_length: picture.length * 2 })),
  ),
];
