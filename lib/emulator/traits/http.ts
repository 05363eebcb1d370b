/** HTTP as cameras speak it: framing, headers, connections, and what they are too busy for. */
import { BUSY_CODES } from '../../document/sections/01-generic.ts';
import { SNAPSHOT_PATH } from '../../document/sections/03-snapshot.ts';
import { type HttpReply, headerOf, withoutHeaders } from '../http-message.ts';
import type { Trait } from './trait.ts';

const isSnapshot = (url: string | undefined): boolean => url?.startsWith(SNAPSHOT_PATH) ?? false;
const isJson = ({ body }: HttpReply): boolean => body[0] === 0x7b;

/** With its length told and the connection kept. */
const kept = (reply: HttpReply): HttpReply => {
  const { headers, body } = withoutHeaders(reply, 'transfer-encoding', 'content-length', 'connection');
  return { ...reply, version: '1.1', headers: [...headers, ['Content-Length', String(body.length)], ['Connection', 'keep-alive']], ends: false };
};

const BAD_REQUEST: HttpReply = { version: '1.1', status: 400, headers: [['Content-Length', '0']], body: new Uint8Array(), ends: false };

export const HTTP_TRAITS: readonly Trait[] = [
  {
    id: 'http-1.0',
    does: 'answers in HTTP/1.0 without a length, and the connection ends the body',
    sections: [1, 3, 5],
    make: () => ({
      http: { reply: (reply) => ({ ...withoutHeaders(reply, 'transfer-encoding', 'content-length', 'connection'), version: '1.0', ends: true }) },
    }),
  },
  {
    id: 'http-lower-case',
    does: 'writes the names of its headers in small letters',
    sections: [1, 3, 5],
    make: () => ({ http: { reply: (reply) => ({ ...reply, headers: reply.headers.map(([name, value]) => [name.toLowerCase(), value]) }) } }),
  },
  {
    id: 'http-no-space',
    does: 'puts no blank behind the colon of a header, as in "Content-Type:image/jpeg"',
    sections: [1, 3],
    make: () => ({ http: { head: (text) => text.replace(/^([\w-]+): /gm, '$1:') } }),
  },
  {
    id: 'http-lf-only',
    does: 'ends the lines of its heads with a line feed alone',
    sections: [1, 3, 34],
    warns: ['generic/http/syntax'],
    make: () => ({ http: { head: (text) => text.replaceAll('\r\n', '\n') } }),
  },
  {
    id: 'snapshot-header-without-name',
    does: 'sends a line without a name among the headers of a snapshot: a date alone',
    sections: [1, 3],
    warns: ['snapshot/jpeg/syntax'],
    make: () => ({
      http: { head: (text, { url }) => (isSnapshot(url) ? text.replace('\r\n', '\r\nTue, 12 Jun 2012 01:56:34 GMT\r\n') : text) },
    }),
  },
  {
    id: 'http-closes-silently',
    does: 'ends each connection behind its reply although it said "keep-alive"',
    sections: [1, 34],
    warns: ['generic/http/syntax'],
    make: () => ({ http: { reply: (reply, { url }) => (isSnapshot(url) ? reply : { ...kept(reply), ends: true }) } }),
  },
  {
    id: 'http-kept-alive',
    does: 'keeps connections, also behind a snapshot, and tells the length of each body',
    sections: [1, 3, 5],
    make: () => ({ http: { reply: kept } }),
  },
  {
    id: 'json-as-html',
    does: 'labels JSON as text/html',
    sections: [1, 5, 36],
    make: () => ({
      http: {
        reply: (reply) => (isJson(reply) ? { ...reply, headers: [...reply.headers, ['Content-Type', 'text/html; charset=ISO-8859-1']] } : reply),
      },
    }),
  },
  {
    id: 'json-raw-only',
    does: 'answers HTTP 400 to percent-encoded JSON, and takes it raw',
    sections: [16],
    warns: ['ftp/setPlatformServer/syntax'],
    because: "the document's own example requests have raw JSON in the URL, so that a camera that wants it so conforms",
    make: () => ({ http: { request: ({ url }) => (/%7B|%22/i.test(url ?? '') ? BAD_REQUEST : undefined) } }),
  },
  {
    id: 'http-in-pieces',
    does: 'sends each reply in many small segments',
    sections: [1, 5, 36],
    make: () => ({ http: { inPieces: true } }),
  },
  {
    id: 'one-at-a-time',
    does: 'answers one request at a time and has no place for idle connections beside it',
    sections: [1, 3, 5],
    make: () => ({ http: { oneAtATime: 'wait' } }),
  },
  {
    id: 'one-connection',
    does: 'ends a connection whose request comes while another one is answered',
    sections: [1, 3, 5],
    make: () => ({ http: { oneAtATime: 'close' } }),
  },
  {
    id: 'slow',
    does: 'takes some milliseconds for each reply',
    sections: [1, 5],
    make: (random) => ({ http: { delayMs: () => 1 + Math.floor(random() * 6) } }),
  },
  {
    id: 'slow-snapshot',
    does: 'takes 6 s for a snapshot',
    sections: [3],
    make: () => ({ http: { delayMs: ({ url }) => (isSnapshot(url) ? 6000 : 0) } }),
  },
  {
    id: 'busy',
    does: 'answers some requests with code -117 or 204, at most twice in a row',
    sections: [1, 5, 24],
    make: (random) => {
      const codes = [...BUSY_CODES];
      let inARow = 0;
      return {
        tamper: {
          refuses: (action) => {
            if (action === SNAPSHOT_PATH) return null;
            inARow = inARow < 2 && random() < 0.08 ? inARow + 1 : 0;
            return inARow === 0 ? null : (codes[Math.floor(random() * codes.length)] as number);
          },
        },
      };
    },
  },
  {
    id: 'drops-kept-alive',
    does: 'ends a connection that it kept alive now and then, just as the next request comes',
    sections: [1, 5, 24],
    make: (random) => {
      let since = 0;
      return {
        http: {
          request: ({ headers }) => {
            since += 1;
            if (since < 5 || headers.connection?.toLowerCase() === 'close' || random() >= 0.05) return undefined;
            since = 0;
            return 'drop';
          },
        },
      };
    },
  },
  {
    id: 'snapshot-not-jpeg',
    does: 'answers a snapshot with a JSON error that it labels image/jpeg',
    sections: [3],
    fails: ['snapshot/jpeg/asked', 'snapshot/jpeg/default'],
    make: () => ({
      http: {
        reply: (reply) =>
          headerOf(reply, 'content-type') === 'image/jpeg'
            ? { ...withoutHeaders(reply, 'content-length'), body: Buffer.from('[{"code":1,"error":{"rspCode":-6}}]') }
            : reply,
      },
    }),
  },
];
