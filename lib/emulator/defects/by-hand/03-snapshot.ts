/** Section 3: snapshots that are no pictures, cut, of another size or content than they should be, or wrongly labelled. */
import { formatBmp } from '../../../media/bmp.ts';
import { formatJpeg } from '../../../media/jpeg-writer.ts';
import { formatYuv420 } from '../../../media/yuv.ts';
import type { Habits } from '../../habits.ts';
import { withBody, withHeader } from '../../http-message.ts';
import { type Defect, inSection } from './notation.ts';
import { developing, photographing, snapshotReply, textReply } from './picturing.ts';

const BMP_HEADER = 54;
const START_OF_FRAME = 0xc0;
const TABLES = 0xc4;
const SCAN = 0xda;

const cut = (share: number) => (bytes: Uint8Array) => bytes.subarray(0, Math.floor(bytes.length * share));
const grey = (width: number, height: number) => ({ width, height, rgba: new Uint8Array(width * height * 4).fill(128) });

/** Where the segment of a marker begins. */
function segment(bytes: Uint8Array, marker: number): number {
  for (let at = 2; at + 3 < bytes.length; at += 2 + (((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number))) {
    if (bytes[at + 1] === marker) return at;
  }
  return -1;
}

/** The same picture with other bytes at a place within a segment. */
const patched =
  (marker: number, offset: number, change: (bytes: Buffer, at: number) => void) =>
  (bytes: Uint8Array): Uint8Array => {
    const copy = Buffer.from(bytes);
    change(copy, segment(bytes, marker) + offset);
    return copy;
  };

const without =
  (marker: number) =>
  (bytes: Uint8Array): Uint8Array => {
    const at = segment(bytes, marker);
    const length = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 2 + length)]);
  };

const ofJpeg = (id: string, does: string, plant: () => Habits, noticedBy: readonly string[] = ['jpeg/default']): Defect => ({
  id,
  does,
  noticedBy,
  plant,
});
const jpegBytes = (id: string, does: string, change: (bytes: Uint8Array) => Uint8Array, noticedBy?: readonly string[]): Defect =>
  ofJpeg(id, does, () => developing('jpg', change), noticedBy);

const JPEG: readonly Defect[] = [
  jpegBytes('jpeg/cut-by-a-fifth', 'cuts JPEG pictures by a fifth', cut(0.8)),
  jpegBytes('jpeg/cut-by-a-row', 'cuts JPEG pictures by their last bytes, with the end mark put behind', (bytes) =>
    Buffer.concat([bytes.subarray(0, Math.floor(bytes.length * 0.97)), Buffer.of(0xff, 0xd9)]),
  ),
  jpegBytes('jpeg/cut-in-its-head', 'sends the first 200 bytes of a JPEG picture', (bytes) => bytes.subarray(0, 200)),
  jpegBytes('jpeg/no-start', 'leaves the start mark of a JPEG picture out', (bytes) => bytes.subarray(2)),
  jpegBytes('jpeg/no-end', 'leaves the end mark of a JPEG picture out', (bytes) => bytes.subarray(0, -2), ['jpeg/end']),
  jpegBytes('jpeg/bytes-behind-its-end', 'appends the bytes of another frame', (bytes) => Buffer.concat([bytes, Buffer.from('dhav0123456789')]), [
    'jpeg/end',
  ]),
  jpegBytes('jpeg/twice', 'sends a JPEG picture twice in one reply', (bytes) => Buffer.concat([bytes, bytes]), ['jpeg/end']),
  jpegBytes('jpeg/no-tables', 'leaves the Huffman tables of a JPEG picture out, as motion JPEG does', without(TABLES)),
  jpegBytes('jpeg/no-frame', 'leaves the frame header of a JPEG picture out', without(START_OF_FRAME)),
  jpegBytes('jpeg/no-scan', 'leaves the scan header of a JPEG picture out', without(SCAN)),
  jpegBytes(
    'jpeg/taller-than-its-rows',
    'names twice the height that its JPEG pictures have',
    patched(START_OF_FRAME, 5, (bytes, at) => bytes.writeUInt16BE(bytes.readUInt16BE(at) * 2, at)),
  ),
  jpegBytes(
    'jpeg/width-zero',
    'names a width of 0 in its JPEG pictures',
    patched(START_OF_FRAME, 7, (bytes, at) => bytes.writeUInt16BE(0, at)),
  ),
  jpegBytes('jpeg/empty', 'answers with nothing', () => new Uint8Array()),
  jpegBytes('jpeg/noise', 'sends bytes that are no picture', (bytes) => bytes.map((byte) => byte ^ 0x5a)),
  ofJpeg(
    'jpeg/half-a-size',
    'takes JPEG pictures of half the width and height that are set',
    () => photographing((scene) => ({ ...scene, width: scene.width >> 1, height: scene.height >> 1 }), 'jpg'),
    ['jpeg/stream-size'],
  ),
  jpegBytes('jpeg/bmp-for-jpeg', 'sends a BMP picture for JPEG', () => formatBmp(grey(64, 48))),
  jpegBytes('jpeg/bytes-before-it', 'puts the frame of a multipart stream before a JPEG picture', (bytes) =>
    Buffer.concat([Buffer.from('--frame\r\nContent-Type: image/jpeg\r\n\r\n'), bytes]),
  ),
  jpegBytes('jpeg/line-ends-changed', 'writes each line feed of a JPEG picture as two characters, as text', (bytes) =>
    Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
  ),
  jpegBytes('jpeg/base64', 'sends JPEG pictures in base64', (bytes) => Buffer.from(Buffer.from(bytes).toString('base64'))),
  jpegBytes('jpeg/tiny', 'sends a picture of 8 x 8', () => formatJpeg(grey(8, 8))),
  ofJpeg('jpeg/other-size', 'takes snapshots of a size that no stream has', () => photographing((scene) => ({ ...scene, width: 608, height: 432 })), [
    'jpeg/stream-size',
  ]),
  ofJpeg(
    'jpeg/half-size',
    'takes snapshots of half the width and height of the stream',
    () => photographing((scene) => ({ ...scene, width: scene.width / 4, height: scene.height / 4 })),
    ['jpeg/stream-size'],
  ),
  ofJpeg('jpeg/failed', 'answers "failed" to a request for JPEG', () => snapshotReply((reply) => textReply(reply, 'failed'), 'jpg')),
  ofJpeg(
    'jpeg/failed-when-asked',
    'answers "failed" to fmt=jpg, and takes a picture without fmt',
    () => ({ http: { reply: (reply, { url }) => (url?.includes('fmt=jpg') ? textReply(reply, 'failed') : reply) } }),
    ['jpeg/asked'],
  ),
  ofJpeg('jpeg/failed-by-default', 'answers "failed" without fmt, and takes a picture for fmt=jpg', () => ({
    http: { reply: (reply, { url }) => (url?.includes('fmt=') || !url?.includes('cgi_images') ? reply : textReply(reply, 'failed')) },
  })),
  ofJpeg(
    'jpeg/smaller-when-asked',
    'takes a smaller picture for fmt=jpg than without fmt',
    () => ({
      http: { reply: (reply, { url }) => (url?.includes('fmt=jpg') ? withBody(reply, formatJpeg(grey(352, 288))) : reply) },
    }),
    ['jpeg/asked'],
  ),
  ofJpeg('jpeg/status-404', 'sends its pictures with HTTP status 404', () => snapshotReply((reply) => ({ ...reply, status: 404 }))),
  ofJpeg('jpeg/status-500', 'sends its pictures with HTTP status 500', () => snapshotReply((reply) => ({ ...reply, status: 500 }))),
  ofJpeg(
    'jpeg/typed-as-text',
    'labels JPEG pictures as text',
    () => snapshotReply((reply) => withHeader(reply, 'Content-Type', 'text/html'), 'jpg'),
    ['jpeg/content-type'],
  ),
  ofJpeg(
    'jpeg/typed-as-bytes',
    'labels JPEG pictures as bytes of any kind',
    () => snapshotReply((reply) => withHeader(reply, 'Content-Type', 'application/octet-stream'), 'jpg'),
    ['jpeg/content-type'],
  ),
  ofJpeg(
    'jpeg/typed-as-jpg',
    'labels JPEG pictures "image/jpg"',
    () => snapshotReply((reply) => withHeader(reply, 'Content-Type', 'image/jpg'), 'jpg'),
    ['jpeg/content-type'],
  ),
  ofJpeg('jpeg/without-type', 'does not label JPEG pictures', () => snapshotReply((reply) => withHeader(reply, 'Content-Type', null), 'jpg'), [
    'jpeg/content-type',
  ]),
  ofJpeg('jpeg/length-too-short', 'names a length that lacks the last 500 bytes', () => snapshotReply((reply) => lengthened(reply, -500), 'jpg'), [
    'jpeg/default',
    'jpeg/content-length',
  ]),
  ofJpeg(
    'jpeg/length-too-long',
    'names a length beyond the picture, and ends the connection',
    () => snapshotReply((reply) => lengthened(reply, 500), 'jpg'),
    ['jpeg/default', 'jpeg/content-length'],
  ),
];

const HTTP: readonly Defect[] = [
  {
    id: 'jpeg/empty-at-first',
    does: 'answers the first request with nothing',
    noticedBy: ['jpeg/at-once'],
    plant: () => {
      let left = 1;
      return snapshotReply((reply) => {
        left -= 1;
        return left < 0 ? reply : withBody(reply, new Uint8Array());
      }, 'jpg');
    },
  },
  {
    id: 'jpeg/header-without-a-name',
    does: 'sends a line without a name among the headers of a picture',
    noticedBy: ['jpeg/syntax'],
    plant: () => ({
      http: { head: (text, { url }) => (url?.includes('cgi_images') ? text.replace('\r\n', '\r\nTue, 12 Jun 2012 01:56:34 GMT\r\n') : text) },
    }),
  },
  {
    id: 'jpeg/line-feeds',
    does: 'ends the headers of a picture with line feeds alone',
    noticedBy: ['jpeg/syntax'],
    plant: () => ({ http: { head: (text, { url }) => (url?.includes('cgi_images') ? text.replaceAll('\r\n', '\n') : text) } }),
  },
];

const lengthened = (reply: Parameters<typeof withHeader>[0], by: number) => ({
  ...withHeader(withHeader(reply, 'Transfer-Encoding', null), 'Content-Length', String(reply.body.length + by)),
  ends: true,
});

const ofBmp = (id: string, does: string, change: (bytes: Uint8Array) => Uint8Array, noticedBy: string): Defect => ({
  id: `bmp/${id}`,
  does,
  noticedBy: [`bmp/${noticedBy}`],
  plant: () => developing('bmp', change),
});

/** Every pixel of a BMP, changed in place: three bytes from `at` on. */
const pixels =
  (change: (bytes: Buffer, at: number) => void) =>
  (bytes: Uint8Array): Uint8Array => {
    const copy = Buffer.from(bytes);
    for (let at = BMP_HEADER; at + 2 < copy.length; at += 3) change(copy, at);
    return copy;
  };

/** The same bytes with four of them a number. */
const written =
  (at: number, value: number) =>
  (bytes: Uint8Array): Uint8Array => {
    const copy = Buffer.from(bytes);
    copy.writeUInt32LE(value, at);
    return copy;
  };

const BMP: readonly Defect[] = [
  ofBmp('other-size', 'makes BMP pictures of another size', () => formatBmp(grey(640, 480)), 'asked'),
  ofBmp('jpeg-for-bmp', 'sends JPEG for BMP', () => formatJpeg(grey(640, 480)), 'asked'),
  ofBmp('cut', 'cuts BMP pictures by a fifth', cut(0.8), 'asked'),
  ofBmp('head-alone', 'sends the header of a BMP picture alone', (bytes) => bytes.subarray(0, BMP_HEADER), 'asked'),
  ofBmp('no-header', 'leaves the header of a BMP picture out', (bytes) => bytes.subarray(BMP_HEADER), 'asked'),
  {
    id: 'bmp/empty',
    does: 'answers fmt=bmp with nothing',
    noticedBy: ['fmt/absent'],
    plant: () => developing('bmp', () => new Uint8Array()),
  },
  ofBmp('no-signature', 'leaves the letters BM out', (bytes) => bytes.subarray(2), 'asked'),
  ofBmp(
    'sides-swapped',
    'swaps width and height in the header of BMP pictures',
    (bytes) => {
      const copy = Buffer.from(bytes);
      copy.writeInt32LE(Buffer.from(bytes).readInt32LE(22), 18);
      copy.writeInt32LE(Buffer.from(bytes).readInt32LE(18), 22);
      return copy;
    },
    'asked',
  ),
  ofBmp(
    'upside-down',
    'writes the rows of BMP pictures from the top down, and says otherwise',
    (bytes) => {
      const source = Buffer.from(bytes);
      const [width, height] = [source.readInt32LE(18), source.readInt32LE(22)];
      const row = Math.ceil((width * 3) / 4) * 4;
      const rows = Array.from({ length: height }, (_, index) => source.subarray(BMP_HEADER + index * row, BMP_HEADER + (index + 1) * row));
      return Buffer.concat([source.subarray(0, BMP_HEADER), ...rows.reverse()]);
    },
    'same-picture',
  ),
  ofBmp(
    'red-for-blue',
    'swaps red and blue in BMP pictures',
    pixels((bytes, at) => {
      const blue = bytes[at] as number;
      bytes[at] = bytes[at + 2] as number;
      bytes[at + 2] = blue;
    }),
    'same-picture',
  ),
  ofBmp(
    'inverted',
    'makes negatives of BMP pictures',
    pixels((bytes, at) => {
      for (const each of [at, at + 1, at + 2]) bytes[each] = 255 - (bytes[each] as number);
    }),
    'same-picture',
  ),
  ofBmp(
    'black',
    'makes black BMP pictures',
    pixels((bytes, at) => bytes.fill(0, at, at + 3)),
    'same-picture',
  ),
  ofBmp('pixels-beyond', 'says that the pixels of BMP pictures begin four bytes later than they do', written(10, BMP_HEADER + 4), 'asked'),
  ofBmp('half-a-length', 'tells half the length of BMP pictures', (bytes) => written(2, bytes.length >> 1)(bytes), 'header'),
  ofBmp('pixels-twice', 'tells twice the length of the pixels of BMP pictures', (bytes) => written(34, bytes.length * 2)(bytes), 'header'),
  {
    id: 'bmp/typed-as-jpeg',
    does: 'labels BMP pictures image/jpeg',
    noticedBy: ['fmt/content-type'],
    plant: () => snapshotReply((reply) => withHeader(reply, 'Content-Type', 'image/jpeg'), 'bmp'),
  },
  {
    id: 'bmp/mirrored',
    does: 'mirrors BMP pictures',
    noticedBy: ['bmp/same-picture'],
    plant: () => photographing((scene) => ({ ...scene, mirror: !scene.mirror }), 'bmp'),
  },
  {
    id: 'bmp/without-settings',
    does: 'takes BMP pictures without the brightness that is set',
    noticedBy: ['bmp/same-picture'],
    plant: () => photographing((scene) => ({ ...scene, brightness: scene.brightness - 90 }), 'bmp'),
  },
  {
    id: 'bmp/without-colour',
    does: 'takes BMP pictures in black and white',
    noticedBy: ['bmp/same-picture'],
    plant: () => photographing((scene) => ({ ...scene, colour: false }), 'bmp'),
  },
];

const ofYuv = (id: string, does: string, change: (bytes: Uint8Array) => Uint8Array, noticedBy: string): Defect => ({
  id: `yuv/${id}`,
  does,
  noticedBy: [`yuv/${noticedBy}`],
  plant: () => developing('yuv', change),
});
/** The luma plane: two thirds of the bytes. */
const luma = (bytes: Uint8Array): number => Math.floor((bytes.length * 2) / 3);

const YUV: readonly Defect[] = [
  ofYuv('cut', 'cuts YUV pictures by a fifth', cut(0.8), 'asked'),
  ofYuv('row-short', 'leaves the last 1000 bytes of a YUV picture out', (bytes) => bytes.subarray(0, -1000), 'asked'),
  ofYuv('luma-alone', 'sends the luma of a YUV picture alone', (bytes) => bytes.subarray(0, luma(bytes)), 'asked'),
  ofYuv('422', 'sends YUV 4:2:2', (bytes) => Buffer.concat([bytes, bytes.subarray(luma(bytes))]), 'asked'),
  ofYuv('444', 'sends YUV 4:4:4', (bytes) => Buffer.concat([bytes, bytes]), 'asked'),
  {
    id: 'yuv/empty',
    does: 'answers fmt=yuv with nothing',
    noticedBy: ['fmt/absent'],
    plant: () => developing('yuv', () => new Uint8Array()),
  },
  ofYuv('jpeg-for-yuv', 'sends JPEG for YUV', () => formatJpeg(grey(640, 480)), 'asked'),
  ofYuv('with-a-header', 'puts a header of 64 bytes before a YUV picture', (bytes) => Buffer.concat([Buffer.alloc(64), bytes]), 'asked'),
  ofYuv('other-size', 'makes YUV pictures of another size', () => formatYuv420(grey(608, 432)), 'asked'),
  ofYuv('zeros', 'sends as many zeros as a YUV picture has', (bytes) => new Uint8Array(bytes.length), 'same-picture'),
  ofYuv('inverted', 'makes negatives of YUV pictures', (bytes) => bytes.map((byte) => 255 - byte), 'same-picture'),
  ofYuv(
    'chroma-first',
    'sends the chroma of a YUV picture before its luma',
    (bytes) => Buffer.concat([bytes.subarray(luma(bytes)), bytes.subarray(0, luma(bytes))]),
    'same-picture',
  ),
  ofYuv(
    'packed',
    'sends YUV packed, luma and chroma taking turns',
    (bytes) => bytes.map((byte, at) => (at % 2 === 0 ? (bytes[at >> 1] ?? byte) : 128)),
    'same-picture',
  ),
  {
    id: 'yuv/of-the-second-stream',
    does: 'takes YUV pictures in the size of the second stream',
    noticedBy: ['yuv/size'],
    plant: () => photographing((scene) => ({ ...scene, width: 704, height: 576 }), 'yuv'),
  },
  {
    id: 'yuv/mirrored',
    does: 'mirrors YUV pictures',
    noticedBy: ['yuv/same-picture'],
    plant: () => photographing((scene) => ({ ...scene, mirror: !scene.mirror }), 'yuv'),
  },
  {
    id: 'yuv/upside-down',
    does: 'takes YUV pictures upside down',
    noticedBy: ['yuv/same-picture'],
    plant: () => photographing((scene) => ({ ...scene, flip: !scene.flip }), 'yuv'),
  },
];

const REFUSALS: readonly Defect[] = [
  {
    id: 'fmt/jpeg-for-any',
    does: 'sends JPEG for a format that it does not know',
    noticedBy: ['fmt/unsupported'],
    plant: () => ({
      http: { reply: (reply, { url }) => (url?.includes('fmt=conf') ? withBody(reply, formatJpeg(grey(64, 48))) : reply) },
    }),
  },
  {
    id: 'fmt/other-text',
    does: 'refuses a format with a text of its own',
    noticedBy: ['fmt/unsupported'],
    plant: () => ({ http: { reply: (reply, { url }) => (url?.includes('fmt=conf') ? textReply(reply, 'not supported') : reply) } }),
  },
  {
    id: 'fmt/error-json',
    does: 'refuses a format with "error json"',
    noticedBy: ['fmt/unsupported'],
    plant: () => ({ http: { reply: (reply, { url }) => (url?.includes('fmt=conf') ? textReply(reply, 'error json\r\n') : reply) } }),
  },
  {
    id: 'fmt/empty',
    does: 'answers with nothing where it does not know the format',
    noticedBy: ['fmt/unsupported'],
    plant: () => ({ http: { reply: (reply, { url }) => (url?.includes('fmt=conf') ? textReply(reply, '') : reply) } }),
  },
];

export const snapshotDefects: readonly Defect[] = inSection('snapshot', [...JPEG, ...HTTP, ...BMP, ...YUV, ...REFUSALS]);
