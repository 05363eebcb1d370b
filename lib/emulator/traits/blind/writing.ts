/** The same said in other bytes: lines and chunks of HTTP, white space of JSON, packets of RTP, lines of descriptions. */
import { isMembers, type Members } from '../../../document/row-value.ts';
import { closing, type HttpReply, headerOf, withBody, withHeader } from '../../http-message.ts';
import { packing, units } from '../../stream/repacking.ts';
import type { RtpPacket } from '../../stream/rtp-sender.ts';
import { type Codec, isParameterSet, unpacked } from '../../stream/unpack.ts';
import type { BlindTrait } from './blind-trait.ts';

const SILENCE = '"What the document does not say is never a must"';
const MAY_CLOSE = '"A camera that closes each connection … is not failed for it", nor one that says so at each fifth';
const PER_CONNECTION = 5;

const isJson = (reply: HttpReply): boolean => reply.body[0] === '{'.charCodeAt(0);

/** Chunks with what RFC 9112, 7.1.1 and 7.1.2 allow beside them. */
const inMarkedChunks = (body: string): string =>
  `${Buffer.byteLength(body).toString(16).toUpperCase().padStart(8, '0')};name=value\r\n${body}\r\n000\r\nX-Trailer: end\r\n\r\n`;

const H264 = { aud: Uint8Array.of(0x09, 0xf0), sei: Uint8Array.of(0x06, 0x05, 0x11, ...Array<number>(16).fill(0x41), 0x01, 0x80) } as const;
const H265 = {
  aud: Uint8Array.of(0x46, 0x01, 0x50),
  sei: Uint8Array.of(0x4e, 0x01, 0x05, 0x11, ...Array<number>(16).fill(0x41), 0x01, 0x80),
} as const;
const nalsOf = (codec: Codec): typeof H264 | typeof H265 => (codec === 'h264' ? H264 : H265);

/** A header extension of one word (RFC 3550, 5.3.1), as firmware of ONVIF has it. */
const EXTENSION = Buffer.from([0xab, 0xac, 0, 1, 0, 0, 0, 0]);
const HAS_EXTENSION = 0x10;
const HAS_PADDING = 0x20;

const marked = ({ header, payload }: RtpPacket, bit: number, before: Uint8Array, behind: Uint8Array): RtpPacket => {
  const changed = Buffer.from(header);
  changed[0] = (changed[0] as number) | bit;
  return { header: changed, payload: Buffer.concat([before, payload, behind]) };
};

const AGGREGATE: Readonly<Record<Codec, (payload: Uint8Array) => boolean>> = {
  h264: ([first = 0]) => (first & 0x1f) === 24,
  h265: ([first = 0]) => first >> 1 === 48,
};

const withColons = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withColons);
  if (isMembers(value)) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withColons(inner)]));
  return typeof value === 'string' && /^([\da-f]{2}-){5}[\da-f]{2}$/i.test(value) ? value.replaceAll('-', ':').toUpperCase() : value;
};

export const WRITING_TRAITS: readonly BlindTrait[] = [
  {
    id: 'http-five-per-connection',
    does: 'ends each connection behind its fifth reply, and says so in that',
    sections: [1, 5, 24],
    expects: 'nothing',
    because: MAY_CLOSE,
    make: () => {
      let count = 0;
      const reply = (each: HttpReply): HttpReply => {
        count += 1;
        if (count % PER_CONNECTION !== 0) return each;
        return closing(each);
      };
      return { http: { reply } };
    },
  },
  {
    id: 'http-empty-reason',
    does: 'ends its status line with the code and a blank, and doubles the blanks behind the colons of its headers',
    sections: [1, 3, 5],
    expects: 'nothing',
    because: 'a reason phrase may be empty (RFC 9112, 4), and white space around values is no part of them (RFC 9110, 5.5)',
    make: () => ({ http: { head: (text) => text.replace(/^(HTTP\/1\.\d \d+) .*\r\n/, '$1 \r\n').replace(/^([\w-]+): (.*)\r$/gm, '$1:  $2 \r') } }),
  },
  {
    id: 'http-chunk-extensions',
    does: 'names an extension with each chunk, sizes in eight capital digits, and a trailer behind the last',
    sections: [1, 5, 24],
    expects: 'nothing',
    because: 'the examples of 1.1 have Transfer-Encoding: chunked, of which extensions and trailers are part (RFC 9112, 7.1.1 and 7.1.2)',
    make: () => ({
      tamper: {
        wire: (_, body) => `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${inMarkedChunks(body)}`,
      },
    }),
  },
  {
    id: 'json-blank-lines',
    does: 'has empty lines and blanks before and behind its JSON, CR and LF between the members',
    sections: [1, 5, 24],
    expects: 'nothing',
    because: 'white space around a JSON text and between its tokens is no part of it (RFC 8259, 2); the examples of 1.1 have a line end before it',
    make: () => ({
      http: {
        reply: (reply) => {
          if (!isJson(reply)) return reply;
          const text = Buffer.from(reply.body).toString();
          return withBody(reply, Buffer.from(`\r\n  ${text.replace(/^\{/, '{\r\n\t').replace(/\}\s*$/, '\r\n}')} \t\r\n\r\n`));
        },
      },
    }),
  },
  {
    id: 'mac-with-colons',
    does: 'writes addresses of network devices with colons, in capitals',
    sections: [1, 5, 11],
    expects: 'nothing',
    because: '1.1 and 5.1 say of device_mac "mac, String" and no notation',
    make: () => ({ tamper: { reply: (_, __, reply) => withColons(reply) as Members } }),
  },
  {
    id: 'rtp-header-extension',
    does: 'has a header extension in each packet of video',
    sections: [19],
    expects: 'nothing',
    because: `${SILENCE}; RFC 3550, 5.3.1: a receiver that does not know it passes over it`,
    make: () => ({
      streamTamper: { packet: (media, packet) => (media === 'video' ? marked(packet, HAS_EXTENSION, EXTENSION, new Uint8Array()) : packet) },
    }),
  },
  {
    id: 'rtp-padding',
    does: 'pads each packet with four bytes',
    sections: [19],
    expects: 'nothing',
    because: `${SILENCE}; RFC 3550, 5.1: padding that the header tells of is no part of the payload`,
    make: () => ({ streamTamper: { packet: (_, packet) => marked(packet, HAS_PADDING, new Uint8Array(), Uint8Array.of(0, 0, 0, 4)) } }),
  },
  {
    id: 'rtcp-none',
    does: 'sends no RTCP',
    sections: [19],
    expects: 'at-most-warn',
    because: '19 says no word of RTCP, and what plays is the same without it',
    make: () => ({ streamTamper: { report: () => null } }),
  },
  {
    id: 'video-delimiters',
    does: 'begins each picture with an access unit delimiter and unregistered user data',
    sections: [19, 21],
    expects: 'nothing',
    because: `${SILENCE}; H.264, 7.4.1.2.3: both are part of a picture's access unit`,
    make: () => ({
      streamTamper: units((nals, codec) => {
        const { aud, sei } = nalsOf(codec);
        const sets = nals.filter((nal) => isParameterSet(nal, codec));
        return [aud, ...sets, sei, ...nals.filter((nal) => !isParameterSet(nal, codec))];
      }),
    }),
  },
  {
    id: 'parameter-sets-singly',
    does: 'sends each parameter set in a packet of its own',
    sections: [19, 21],
    expects: 'nothing',
    because: `${SILENCE}; RFC 6184, 5.6: single NAL unit packets`,
    make: () => ({
      streamTamper: packing((payloads, codec) => payloads.flatMap((payload) => (AGGREGATE[codec](payload) ? unpacked([payload], codec) : [payload]))),
    }),
  },
  {
    id: 'bmp-and-yuv-as-bytes',
    does: 'labels BMP and YUV application/octet-stream',
    sections: [3],
    expects: 'nothing',
    because: '3 shows the type of a JPEG picture alone',
    make: () => ({
      http: {
        reply: (reply, { url = '' }) =>
          /fmt=(bmp|yuv)/.test(url) && headerOf(reply, 'content-type')?.startsWith('image/')
            ? withHeader(reply, 'Content-Type', 'application/octet-stream')
            : reply,
      },
    }),
  },
];
