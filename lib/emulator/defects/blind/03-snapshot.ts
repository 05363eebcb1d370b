/** Section 3: pictures that lie, in what they show, in their headers, and in what they are called. */
import { SNAPSHOT_FAILED_TEXT, SNAPSHOT_PATH } from '../../../document/sections/03-snapshot.ts';
import { type HttpReply, withBody, withoutHeaders } from '../../http-message.ts';
import type { Scene } from '../../scene.ts';
import { type BlindDefect, SHOULD, tampering, writerFor } from './blind-defect.ts';
import { counter } from './sets-and-gets.ts';

const write = writerFor('snapshot');
type Format = 'jpg' | 'bmp' | 'yuv';

const ofFormat = (format: Format, change: (bytes: Buffer) => Uint8Array) => () =>
  tampering({ picture: (of, bytes) => (of === format ? change(Buffer.from(bytes)) : bytes) });
const shot = (format: Format, change: (scene: Scene) => Scene) => () => tampering({ shot: (of, scene) => (of === format ? change(scene) : scene) });

/** The format that a request for a picture asks for; undefined for any other request. */
function formatAsked(url: string | undefined): string | undefined {
  const { pathname, searchParams } = new URL(url ?? '/', 'http://camera');
  return pathname === SNAPSHOT_PATH ? (searchParams.get('fmt') ?? '') : undefined;
}

/** Replies to requests for pictures, changed. */
const replying = (isMeant: (format: string) => boolean, change: (reply: HttpReply) => HttpReply) => () => ({
  http: {
    reply: (reply: HttpReply, request: { readonly url?: string | undefined }) => {
      const format = formatAsked(request.url);
      return format !== undefined && isMeant(format) ? change(reply) : reply;
    },
  },
});

const retyped =
  (type: string | null) =>
  (reply: HttpReply): HttpReply => ({
    ...withoutHeaders(reply, 'content-type'),
    headers: [...withoutHeaders(reply, 'content-type').headers, ...(type === null ? [] : [['Content-Type', type] as const])],
  });

const isPicture = (reply: HttpReply): boolean => reply.body.length > 1000;
const isUnknown = (format: string): boolean => !['', 'jpg', 'bmp', 'yuv'].includes(format);

/** The last picture goes out for a format that there is not. */
const lastPictureFor = (isMeant: (format: string) => boolean) => () => {
  let last: HttpReply | null = null;
  return {
    http: {
      reply: (reply: HttpReply, request: { readonly url?: string | undefined }) => {
        const format = formatAsked(request.url);
        if (format === undefined) return reply;
        if (isPicture(reply)) {
          last = reply;
          return reply;
        }
        return isMeant(format) && last !== null ? last : reply;
      },
    },
  };
};

const ERROR_IN_WORDS = '[ { "cmd" : "Snap", "code" : 1, "error" : { "detail" : "rcv failed", "rspCode" : -17 } } ]';
const everySecond = (format: Format, instead: (bytes: Uint8Array) => Uint8Array) => () => {
  const next = counter();
  return tampering({ picture: (of, bytes) => (of === format && next() % 2 === 0 ? instead(bytes) : bytes) });
};

/** The first picture of a format, for ever. */
const frozen = (format: Format) => () => {
  let first: Uint8Array | null = null;
  return tampering({
    picture: (of, bytes) => {
      if (of !== format) return bytes;
      first ??= bytes;
      return first;
    },
  });
};

const sized =
  (width: number, height: number) =>
  (scene: Scene): Scene => ({ ...scene, width, height });

function withUint32(bytes: Buffer, at: number, value: number): Buffer {
  bytes.writeUInt32LE(value >>> 0, at);
  return bytes;
}

const swapped = (bytes: Buffer, from: number): Buffer => {
  for (let at = from; at + 2 < bytes.length; at += 3) [bytes[at], bytes[at + 2]] = [bytes[at + 2] as number, bytes[at] as number];
  return bytes;
};

const HEADER = 54;
/** Where the frame header of a baseline JPEG begins. */
const frameAt = (bytes: Buffer): number => bytes.indexOf(Buffer.from([0xff, 0xc0]));

/** The picture's planes: luma, then the two of colour, a fourth each. */
const planes = (bytes: Buffer) => {
  const luma = Math.floor((bytes.length * 2) / 3);
  const chroma = luma / 4;
  return [bytes.subarray(0, luma), bytes.subarray(luma, luma + chroma), bytes.subarray(luma + chroma)] as const;
};

export const SNAPSHOT: readonly BlindDefect[] = [
  write(
    'jpeg-when-no-format',
    'bmp-without-format',
    'answers a request without fmt with the text of a format that it does not have',
    replying(
      (format) => format === '',
      (reply) => ({ ...withBody(reply, Buffer.from(SNAPSHOT_FAILED_TEXT)) }),
    ),
  ),
  write(
    'jpeg-when-no-format',
    'jpeg-cut',
    'breaks its JPEG off in the middle, with the length of what it sends',
    ofFormat('jpg', (bytes) => bytes.subarray(0, bytes.length >> 1)),
  ),
  write(
    'jpeg-when-no-format',
    'jpeg-last-rows-missing',
    'leaves out the last tenth of its JPEG and puts the end marker there',
    ofFormat('jpg', (bytes) => Buffer.concat([bytes.subarray(0, Math.floor(bytes.length * 0.9)), Buffer.from([0xff, 0xd9])])),
  ),
  write(
    'jpeg-when-no-format',
    'jpeg-without-end',
    'leaves out the end marker of its JPEG',
    ofFormat('jpg', (bytes) => bytes.subarray(0, -2)),
    SHOULD,
  ),
  write(
    'jpeg-when-no-format',
    'jpeg-with-more-behind',
    'sends other bytes behind the end of its JPEG',
    ofFormat('jpg', (bytes) => Buffer.concat([bytes, Buffer.from('dhav0123456789')])),
    SHOULD,
  ),
  write('jpeg-when-no-format', 'jpeg-frozen', 'sends the first JPEG again each time, whatever is seen', frozen('jpg'), SHOULD),
  write(
    'jpeg-when-no-format',
    'jpeg-each-second-in-words',
    'answers each second request for a JPEG with an error in words',
    everySecond('jpg', () => Buffer.from(ERROR_IN_WORDS)),
  ),
  write(
    'jpeg-when-no-format',
    'jpeg-each-second-empty',
    'answers each second request for a JPEG with nothing',
    everySecond('jpg', () => Buffer.alloc(0)),
  ),
  write(
    'jpeg-when-no-format',
    'jpeg-height-lies',
    'names twice the height in the frame header of its JPEG',
    ofFormat('jpg', (bytes) => {
      const at = frameAt(bytes);
      bytes.writeUInt16BE(bytes.readUInt16BE(at + 5) * 2, at + 5);
      return bytes;
    }),
  ),
  write(
    'jpeg-when-no-format',
    'jpeg-of-raster-size',
    'sends a JPEG of 704 x 576, whatever the size that was set',
    shot('jpg', sized(704, 576)),
    SHOULD,
  ),
  write(
    'jpeg-when-no-format',
    'jpeg-of-half-size',
    'sends a JPEG of half the width and height that were set',
    shot('jpg', (scene) => sized(scene.width >> 1, scene.height >> 1)(scene)),
    SHOULD,
  ),
  write(
    'jpeg-when-no-format',
    'jpeg-size-of-the-start',
    'goes on with the size that it had at the start',
    () => {
      let first: Scene | null = null;
      return tampering({
        shot: (_, scene) => {
          first ??= scene;
          return { ...scene, width: first.width, height: first.height };
        },
      });
    },
    SHOULD,
  ),
  write(
    'jpeg-when-no-format',
    'jpeg-black',
    'sends a black JPEG',
    shot('jpg', (scene) => ({ ...scene, masks: [{ x: 0, y: 0, w: 704, h: 576 }], labels: [] })),
    SHOULD,
  ),
  write('jpeg-when-no-format', 'jpeg-as-bmp', 'sends a BMP where a JPEG was asked for', () => {
    let bmp: Uint8Array | null = null;
    return tampering({
      picture: (format, bytes) => {
        if (format === 'bmp') bmp = bytes;
        return format === 'jpg' && bmp !== null ? bmp : bytes;
      },
    });
  }),
  write(
    'jpeg-when-no-format',
    'jpeg-twice',
    'sends its JPEG twice in one body',
    ofFormat('jpg', (bytes) => Buffer.concat([bytes, bytes])),
    SHOULD,
  ),

  write(
    'jpeg-content-type',
    'type-text',
    'calls its JPEG text/html',
    replying((format) => format === '' || format === 'jpg', retyped('text/html')),
  ),
  write(
    'jpeg-content-type',
    'type-jpg',
    'calls its JPEG image/jpg',
    replying((format) => format === '' || format === 'jpg', retyped('image/jpg')),
  ),
  write(
    'jpeg-content-type',
    'type-bmp',
    'calls its JPEG image/bmp',
    replying((format) => format === '' || format === 'jpg', retyped('image/bmp')),
  ),
  write(
    'jpeg-content-type',
    'type-missing',
    'does not say what its JPEG is',
    replying((format) => format === '' || format === 'jpg', retyped(null)),
  ),
  write(
    'jpeg-content-type',
    'type-of-jpg-alone',
    'calls its JPEG application/octet-stream where fmt=jpg asked for it',
    replying((format) => format === 'jpg', retyped('application/octet-stream')),
  ),
  write('jpeg-content-type', 'type-each-second', 'calls each second JPEG text/plain', () => {
    const next = counter();
    return replying((format) => format === '' && next() % 2 === 0, retyped('text/plain'))();
  }),

  write(
    'cgi_images/reply',
    'length-too-long',
    'announces 100 bytes more than its picture has',
    replying(
      () => true,
      (reply) =>
        isPicture(reply)
          ? {
              ...reply,
              headers: reply.headers.map(([name, value]) => (name === 'Content-Length' ? [name, String(reply.body.length + 100)] : [name, value])),
            }
          : reply,
    ),
  ),
  write(
    'cgi_images/reply',
    'length-too-short',
    'announces half the bytes of its picture',
    replying(
      () => true,
      (reply) =>
        isPicture(reply)
          ? {
              ...reply,
              headers: reply.headers.map(([name, value]) => (name === 'Content-Length' ? [name, String(reply.body.length >> 1)] : [name, value])),
            }
          : reply,
    ),
  ),
  write(
    'cgi_images/reply',
    'picture-404',
    'sends its pictures with HTTP status 404',
    replying(
      () => true,
      (reply) => ({ ...reply, status: 404 }),
    ),
  ),
  write(
    'cgi_images/reply',
    'picture-in-json',
    'sends its pictures in base64 inside JSON',
    replying(
      () => true,
      (reply) =>
        isPicture(reply) ? withBody(reply, Buffer.from(JSON.stringify({ image_base64: Buffer.from(reply.body).toString('base64') }))) : reply,
    ),
  ),

  write(
    'bmp-when-asked',
    'bmp-offset-zero',
    'says that the pixels of its BMP begin at 0',
    ofFormat('bmp', (bytes) => withUint32(bytes, 10, 0)),
  ),
  write(
    'bmp-when-asked',
    'bmp-offset-with-palette',
    'says that the pixels of its BMP begin behind a palette, which it has not',
    ofFormat('bmp', (bytes) => withUint32(bytes, 10, 1078)),
  ),
  write(
    'bmp-when-asked',
    'bmp-offset-by-two',
    'says that the pixels of its BMP begin two bytes later than they do',
    ofFormat('bmp', (bytes) => withUint32(bytes, 10, HEADER + 2)),
  ),
  write(
    'bmp-when-asked',
    'bmp-length-lies',
    'names half the length in the header of its BMP',
    ofFormat('bmp', (bytes) => withUint32(bytes, 2, bytes.length >> 1)),
    SHOULD,
  ),
  write(
    'bmp-when-asked',
    'bmp-pixels-length-lies',
    "names the length of its BMP's pixels too large",
    ofFormat('bmp', (bytes) => withUint32(bytes, 34, bytes.length * 2)),
    SHOULD,
  ),
  write(
    'bmp-when-asked',
    'bmp-depth-lies',
    'says that its BMP has 32 bits for each pixel, where it has 24',
    ofFormat('bmp', (bytes) => {
      bytes.writeUInt16LE(32, 28);
      return bytes;
    }),
  ),
  write(
    'bmp-when-asked',
    'bmp-depth-16',
    'says that its BMP has 16 bits for each pixel, where it has 24',
    ofFormat('bmp', (bytes) => {
      bytes.writeUInt16LE(16, 28);
      return bytes;
    }),
  ),
  write(
    'bmp-when-asked',
    'bmp-compressed',
    'says that its BMP is compressed',
    ofFormat('bmp', (bytes) => withUint32(bytes, 30, 1)),
  ),
  write(
    'bmp-when-asked',
    'bmp-planes',
    'says that its BMP has three planes',
    ofFormat('bmp', (bytes) => {
      bytes.writeUInt16LE(3, 26);
      return bytes;
    }),
    SHOULD,
  ),
  write(
    'bmp-when-asked',
    'bmp-upside-down',
    'says that the rows of its BMP come from the top, where they come from the bottom',
    ofFormat('bmp', (bytes) => {
      bytes.writeInt32LE(-bytes.readInt32LE(22), 22);
      return bytes;
    }),
    SHOULD,
  ),
  write(
    'bmp-when-asked',
    'bmp-width-and-height-swapped',
    'swaps width and height in the header of its BMP',
    ofFormat('bmp', (bytes) => {
      const width = bytes.readInt32LE(18);
      bytes.writeInt32LE(bytes.readInt32LE(22), 18);
      bytes.writeInt32LE(width, 22);
      return bytes;
    }),
    SHOULD,
  ),
  write(
    'bmp-when-asked',
    'bmp-width-off',
    'names eight columns too few in the header of its BMP',
    ofFormat('bmp', (bytes) => {
      bytes.writeInt32LE(bytes.readInt32LE(18) - 8, 18);
      return bytes;
    }),
    SHOULD,
  ),
  write(
    'bmp-when-asked',
    'bmp-red-and-blue',
    'swaps red and blue in its BMP',
    ofFormat('bmp', (bytes) => swapped(bytes, HEADER)),
    SHOULD,
  ),
  write(
    'bmp-when-asked',
    'bmp-cut',
    'leaves out the last row of its BMP',
    ofFormat('bmp', (bytes) => bytes.subarray(0, -bytes.readInt32LE(18) * 3)),
  ),
  write(
    'bmp-when-asked',
    'bmp-half',
    'leaves out the second half of its BMP',
    ofFormat('bmp', (bytes) => bytes.subarray(0, bytes.length >> 1)),
  ),
  write(
    'bmp-when-asked',
    'bmp-magic',
    'begins its BMP with "MB"',
    ofFormat('bmp', (bytes) => {
      bytes.write('MB', 0, 'latin1');
      return bytes;
    }),
  ),
  write(
    'bmp-when-asked',
    'bmp-type-jpeg',
    'calls its BMP image/jpeg',
    replying((format) => format === 'bmp', retyped('image/jpeg')),
  ),
  write('bmp-when-asked', 'bmp-of-another-size', 'sends a BMP of another size than its JPEG', shot('bmp', sized(704, 576)), SHOULD),
  write('bmp-when-asked', 'bmp-frozen', 'sends the first BMP again each time', frozen('bmp'), SHOULD),
  write(
    'bmp-when-asked',
    'bmp-grey',
    'sends its BMP without colour',
    shot('bmp', (scene) => ({ ...scene, colour: false })),
    SHOULD,
  ),
  write(
    'bmp-when-asked',
    'bmp-without-masks',
    'sends its BMP without the privacy masks',
    shot('bmp', (scene) => ({ ...scene, masks: [] })),
    SHOULD,
  ),
  write('bmp-when-asked', 'bmp-is-jpeg', 'sends a JPEG where a BMP was asked for', () => {
    let jpeg: Uint8Array | null = null;
    return tampering({
      picture: (format, bytes) => {
        if (format === 'jpg') jpeg = bytes;
        return format === 'bmp' && jpeg !== null ? jpeg : bytes;
      },
    });
  }),
  write(
    'bmp-when-asked',
    'bmp-header-alone',
    'sends the header of its BMP alone',
    ofFormat('bmp', (bytes) => bytes.subarray(0, HEADER)),
  ),

  write(
    'yuv-when-asked',
    'yuv-luma-alone',
    'sends the luma of its YUV alone',
    ofFormat('yuv', (bytes) => planes(bytes)[0]),
  ),
  write(
    'yuv-when-asked',
    'yuv-row-missing',
    'leaves the last row out of its YUV',
    ofFormat('yuv', (bytes) => bytes.subarray(0, -640)),
  ),
  write(
    'yuv-when-asked',
    'yuv-with-a-header',
    'puts 16 bytes before its YUV',
    ofFormat('yuv', (bytes) => Buffer.concat([Buffer.from('YUV4MPEG2 W H F '), bytes])),
  ),
  write('yuv-when-asked', 'yuv-of-another-size', 'sends its YUV in another size than its JPEG', shot('yuv', sized(704, 576)), SHOULD),
  write(
    'yuv-when-asked',
    'yuv-one-byte-more',
    'sends one byte too many in its YUV',
    ofFormat('yuv', (bytes) => Buffer.concat([bytes, Buffer.from([0])])),
  ),
  write(
    'yuv-when-asked',
    'yuv-grey',
    'sends a YUV of one grey',
    ofFormat('yuv', (bytes) => Buffer.alloc(bytes.length, 128)),
    SHOULD,
  ),
  write(
    'yuv-when-asked',
    'yuv-inverted',
    'sends its YUV with dark for light',
    ofFormat('yuv', (bytes) => {
      const [luma] = planes(bytes);
      for (let at = 0; at < luma.length; at++) luma[at] = 255 - (luma[at] as number);
      return bytes;
    }),
    SHOULD,
  ),
  write(
    'yuv-when-asked',
    'yuv-is-jpeg',
    'calls its YUV image/jpeg',
    replying((format) => format === 'yuv', retyped('image/jpeg')),
  ),
  write('yuv-when-asked', 'yuv-frozen', 'sends the first YUV again each time', frozen('yuv'), SHOULD),
  write(
    'yuv-when-asked',
    'yuv-mirrored',
    'sends its YUV mirrored',
    shot('yuv', (scene) => ({ ...scene, mirror: !scene.mirror })),
    SHOULD,
  ),
  write(
    'yuv-when-asked',
    'yuv-empty',
    'sends nothing where YUV was asked for',
    ofFormat('yuv', () => Buffer.alloc(0)),
  ),

  write('failed-when-not-supported', 'unknown-as-jpeg', 'sends its last picture for a format that there is not', lastPictureFor(isUnknown)),
  write(
    'failed-when-not-supported',
    'unknown-by-beginning',
    'sends its last picture for a format that begins with one that it has',
    lastPictureFor((format) => isUnknown(format) && ['jpg', 'bmp', 'yuv'].some((known) => format.startsWith(known))),
  ),
  write(
    'failed-when-not-supported',
    'unknown-in-capitals',
    'says "FAILED" for a format that there is not',
    replying(isUnknown, (reply) => withBody(reply, Buffer.from('FAILED'))),
  ),
  write(
    'failed-when-not-supported',
    'unknown-404',
    'answers a format that there is not with HTTP status 404',
    replying(isUnknown, (reply) => ({ ...reply, status: 404 })),
  ),
  write(
    'failed-when-not-supported',
    'unknown-empty',
    'answers a format that there is not with nothing',
    replying(isUnknown, (reply) => withBody(reply, Buffer.alloc(0))),
  ),
  write('failed-when-not-supported', 'unknown-as-type-jpeg', 'calls the text "failed" image/jpeg', replying(isUnknown, retyped('image/jpeg'))),
  write(
    'failed-when-not-supported',
    'unknown-in-json',
    'answers a format that there is not with code 210 in JSON',
    replying(isUnknown, (reply) => withBody(reply, Buffer.from('{"code":210}'))),
  ),
  write(
    'failed-when-not-supported',
    'unknown-other-words',
    'says "not supported" for a format that there is not',
    replying(isUnknown, (reply) => withBody(reply, Buffer.from('not supported'))),
  ),
];
