/** Streams and HTTP between the document's lines: names, networks, framing. */
import type { HttpReply } from '../../http-message.ts';
import { withoutHeaders } from '../../http-message.ts';
import type { BlindTrait } from './blind-trait.ts';

const OWN_HTTP = '"A camera that closes each connection, answers HTTP/1.0, or takes half a second for a reply is not failed for it"';
const SILENCE = '"What the document does not say is never a must: … a stream name that it does not list"';

const chunked = ({ headers }: HttpReply): boolean => headers.some(([name]) => name.toLowerCase() === 'transfer-encoding');

export const STREAM_TRAITS: readonly BlindTrait[] = [
  {
    id: 'rtsp-any-name',
    does: 'serves the main stream under every name that it does not know',
    sections: [19],
    expects: 'nothing',
    because: SILENCE,
    make: () => ({ streamTamper: { path: (path) => (path === '/stream_1' ? path : '/stream_0') } }),
  },
  {
    id: 'rtsp-other-names',
    does: 'knows its streams as /11 and /12, too',
    sections: [19],
    expects: 'nothing',
    because: SILENCE,
    make: () => ({ streamTamper: { path: (path) => ({ '/11': '/stream_0', '/12': '/stream_1' })[path] ?? path } }),
  },
  {
    id: 'udp-dropped',
    does: 'streams over TCP; what it sends over UDP gets lost on its way',
    sections: [19],
    expects: 'at-most-warn',
    because:
      "the camera answers each request of 19 as documented, and streams over TCP; what a network does to datagrams is not the camera's: nothing may fail",
    // The port of the discard service, where nobody listens.
    make: () => ({ streamTamper: { ports: () => [9, 9] } }),
  },
  {
    id: 'http-closes',
    does: 'ends each connection behind its reply, and says so',
    sections: [1, 5],
    expects: 'nothing',
    because: OWN_HTTP,
    make: () => ({
      http: { reply: (reply) => ({ ...reply, headers: [...withoutHeaders(reply, 'connection').headers, ['Connection', 'close']], ends: true }) },
    }),
  },
  {
    id: 'http-half-a-second',
    does: 'takes half a second for each reply',
    sections: [1, 5],
    expects: 'nothing',
    because: OWN_HTTP,
    make: () => ({ http: { delayMs: () => 500 } }),
  },
  {
    id: 'http-small-chunks',
    does: 'sends its bodies in chunks of 1, 7 and 100 bytes, even within a character',
    sections: [1, 5, 24],
    expects: 'nothing',
    because: 'the examples of 1.1 have Transfer-Encoding: chunked, and chunks may be of any size (RFC 9112, 7.1)',
    make: () => ({ http: { reply: (reply) => (chunked(reply) ? { ...reply, chunks: [1, 7, 100] } : reply) } }),
  },
  {
    id: 'http-other-headers',
    does: 'sends no Date and no X-Frame-Options, but Server, Set-Cookie, Cache-Control and Pragma',
    sections: [1, 3, 5],
    expects: 'nothing',
    because: 'the Date header is the same in all examples and not judged; headers beside those of the examples are allowed (RFC 9110, 6.3)',
    make: () => ({
      http: {
        reply: (reply) => ({
          ...reply,
          headers: [
            ['Server', 'GoAhead-Webs'],
            ['Set-Cookie', 'sid=1; path=/'],
            ['Cache-Control', 'no-cache, no-store'],
            ['Pragma', 'no-cache'],
            ...withoutHeaders(reply, 'date', 'x-frame-options').headers,
          ],
        }),
      },
    }),
  },
];
