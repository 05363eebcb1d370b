/** Section 36: what can be wrong with a picture inside JSON. */
import type { Members } from '../../../document/row-value.ts';
import { formatBmp } from '../../../media/bmp.ts';
import { formatJpeg } from '../../../media/jpeg-writer.ts';
import type { Tamper } from '../../tamper.ts';
import { replying } from '../tampering.ts';
import { type Defect, inSection } from './notation.ts';

const GET = 'getFmtSnap';
const WHOLE = ['image_base64/whole-jpeg'];
const LENGTH = ['image_length/length'];
const END = ['image_base64/end'];

/** Another picture, with the length that it has. */
const developing = (change: (bytes: Buffer) => Uint8Array): Tamper =>
  replying(GET, (reply) => {
    const bytes = Buffer.from(change(pictureIn(reply)));
    return { ...reply, image_base64: bytes.toString('base64'), image_length: bytes.length };
  });
const encoding = (change: (base64: string) => string): Tamper =>
  replying(GET, (reply) => ({ ...reply, image_base64: change(String(reply.image_base64)) }));
const measuring = (change: (length: number, base64: string) => unknown): Tamper =>
  replying(GET, (reply) => ({ ...reply, image_length: change(Number(reply.image_length), String(reply.image_base64)) }));

const pictureIn = (reply: Members): Buffer => Buffer.from(String(reply.image_base64), 'base64');

const planting = (id: string, does: string, noticedBy: readonly string[], tamper: () => Tamper): Defect => ({
  id,
  does,
  noticedBy,
  plant: () => ({ tamper: tamper() }),
});

const grey = (width: number, height: number) => ({ width, height, rgba: new Uint8Array(width * height * 4).fill(128) });

export const snapBase64ImageDefects: readonly Defect[] = inSection('snap-base64-image', [
  planting('cut-by-a-fifth', 'cuts the picture by a fifth', WHOLE, () => developing((bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.8)))),
  planting('cut-at-64-kb', 'ends the picture at 4096 bytes, where a buffer does', WHOLE, () => developing((bytes) => bytes.subarray(0, 4096))),
  planting('empty', 'has no picture', WHOLE, () => developing(() => new Uint8Array())),
  planting('noise', 'has bytes that are no picture', WHOLE, () => developing((bytes) => bytes.map((byte) => byte ^ 0x5a))),
  planting('bmp', 'has a BMP picture', WHOLE, () => developing(() => formatBmp(grey(64, 48)))),
  planting('no-start', 'leaves the start mark out', WHOLE, () => developing((bytes) => bytes.subarray(2))),
  planting('no-end', 'leaves the end mark out', END, () => developing((bytes) => bytes.subarray(0, -2))),
  planting('bytes-behind-its-end', 'appends other bytes to the picture', END, () =>
    developing((bytes) => Buffer.concat([bytes, Buffer.from('dhav0123')])),
  ),
  planting('other-picture', 'has another picture than a snapshot', ['image_base64/same-picture'], () => developing(() => formatJpeg(grey(704, 576)))),
  planting('url-alphabet', 'writes Base64 with the alphabet of URLs', WHOLE, () =>
    encoding((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ),
  planting('data-url', 'puts "data:image/jpeg;base64," before the picture', WHOLE, () => encoding((text) => `data:image/jpeg;base64,${text}`)),
  planting('percent-encoded', 'writes Base64 percent-encoded', WHOLE, () => encoding(encodeURIComponent)),
  planting('hexadecimal', 'writes the picture in hexadecimal digits', WHOLE, () => encoding((text) => Buffer.from(text, 'base64').toString('hex'))),
  planting('encoded-twice', 'writes Base64 of Base64', WHOLE, () => encoding((text) => Buffer.from(text).toString('base64'))),
  planting('elided', 'has three dots for the picture, as in the document', WHOLE, () => encoding((text) => `${text.slice(0, 60)}...`)),
  planting('text-cut', 'ends the text of the picture in its middle', WHOLE, () => encoding((text) => text.slice(0, text.length >> 1))),
  planting('blanks-for-plus', 'has blanks where + should be', WHOLE, () => encoding((text) => text.replaceAll('+', '*'))),
  planting('length-0', 'names the length 0', LENGTH, () => measuring(() => 0)),
  planting('length-minus-1', 'names a length that is 1 short', LENGTH, () => measuring((length) => length - 1)),
  planting('length-plus-1', 'names a length that is 1 too long', LENGTH, () => measuring((length) => length + 1)),
  planting('length-in-kb', 'names the length in kilobytes', LENGTH, () => measuring((length) => Math.round(length / 1024))),
  planting('length-in-bits', 'names the length in bits', LENGTH, () => measuring((length) => length * 8)),
  planting('length-of-16-bits', 'names the length without what is beyond 16 bits', LENGTH, () =>
    measuring((length) => ((length + 65_536) % 65_536) % 1000),
  ),
  planting('length-of-a-buffer', 'names the length of the buffer', LENGTH, () => measuring(() => 1_048_576)),
]);
