/** Streams and HTTP between the document's lines: names, networks, framing. */
import { DELIVERED_PASSWORD } from '../../../document/sections/04-change-user-password.ts';
import { md5Hex } from '../../../wire/md5.ts';
import { closing, type HttpReply, withoutHeaders } from '../../http-message.ts';
import type { BlindTrait } from './blind-trait.ts';

const OWN_HTTP = '"A camera that closes each connection, answers HTTP/1.0, or takes half a second for a reply is not failed for it"';
const SILENCE = '"What the document does not say is never a must: … a stream name that it does not list"';

const MOST_URL_BYTES = 4096;
/** What whoever knows the password that a camera comes with sends of it. */
const RIGHT = md5Hex(DELIVERED_PASSWORD);

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
    id: 'rtsp-options-401',
    does: 'wants a log-in for OPTIONS, too',
    sections: [19],
    expects: 'nothing',
    because: '19.8: RTSP with a log-in, of which RFC 2326 (10.1 and 11) leaves out no method',
    make: () => ({
      streamTamper: {
        request: ({ method, headers }) =>
          method === 'OPTIONS' && headers.get('authorization') === undefined
            ? { status: 401, headers: [['WWW-Authenticate', 'Basic realm="camera"']] }
            : undefined,
      },
    }),
  },
  {
    id: 'urls-4-kb',
    does: 'answers HTTP 414 to addresses of more than 4096 bytes',
    sections: [5, 15, 24, 29, 39],
    expects: 'at-most-warn',
    because: '"What the document does not say is never a must": how long the JSON in an address may be',
    make: () => ({
      http: {
        request: ({ url = '' }) =>
          url.length > MOST_URL_BYTES
            ? { version: '1.1', status: 414, headers: [['Content-Length', '0']], body: new Uint8Array(), ends: false }
            : undefined,
      },
    }),
  },
  {
    id: 'wrong-log-ins-wait-2-s',
    does: 'lets whoever gives wrong credentials wait for 2 s',
    sections: [1, 4, 5],
    expects: 'nothing',
    because: '"Busy, slow and flaky is not broken"; the limit for one request is CAMERA_TIMEOUT_MS [10 s]',
    make: () => ({
      http: {
        delayMs: ({ url = '' }) => (url.includes('action=') && url.includes('/cgi_action') && !url.includes(`pwd=${RIGHT}`) ? 2000 : 0),
      },
    }),
  },
  {
    id: 'http-closes',
    does: 'ends each connection behind its reply, and says so',
    sections: [1, 5],
    expects: 'nothing',
    because: OWN_HTTP,
    make: () => ({
      http: { reply: closing },
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
