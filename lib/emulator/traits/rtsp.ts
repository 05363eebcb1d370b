/** RTSP as cameras speak it: start lines, headers, sessions, transports, authentication. */
import { redescribing } from '../stream/redescribing.ts';
import type { RtspRequest } from '../stream/request-reader.ts';
import type { RtspResponse } from '../stream/response.ts';
import type { StreamTamper } from '../stream/stream-tamper.ts';
import { everyStream, everywhere } from './stream-checks.ts';
import type { Trait } from './trait.ts';

const RTSP = [19] as const;

const stream = (streamTamper: StreamTamper): ReturnType<Trait['make']> => ({ streamTamper });
/** Changes the text of responses; of one method where it is named. */
const responding = (change: (text: string) => string, only?: string) => () =>
  stream({ response: (method, text) => (only === undefined || method === only ? change(text) : text) });
const answering = (instead: (request: RtspRequest) => RtspResponse | undefined) => stream({ request: instead });
/** Changes the head alone. */
const inHead = (text: string, change: (head: string) => string): string => {
  const end = text.indexOf('\r\n\r\n');
  return change(text.slice(0, end)) + text.slice(end);
};

const isRefusal = (text: string): boolean => text.startsWith('RTSP/1.0 401');
const DIGEST_LINE = /^WWW-Authenticate: Digest .*\r\n/m;

export const RTSP_TRAITS: readonly Trait[] = [
  {
    id: 'rtsp-case-sensitive',
    does: 'knows the header CSeq in that spelling alone: status 400 to "cseq"',
    sections: RTSP,
    warns: ['rtsp/header-names/any-case'],
    make: () => answering(({ head }) => (head.includes('\r\nCSeq: ') ? undefined : { status: 400 })),
  },
  {
    id: 'rtsp-other-case',
    does: 'spells its own headers "Cseq" and "Content-length"',
    sections: RTSP,
    make: responding((text) => text.replace('\r\nCSeq:', '\r\nCseq:').replace('\r\nContent-Length:', '\r\nContent-length:')),
  },
  {
    id: 'rtsp-refusal-without-cseq',
    does: 'leaves CSeq out of the 401 that asks for credentials',
    sections: RTSP,
    warns: ['rtsp/refusals/cseq'],
    because: 'no reply that the document shows is concerned',
    make: responding((text) => (isRefusal(text) ? text.replace(/^CSeq: .*\r\n/m, '') : text)),
  },
  {
    id: 'rtsp-without-cseq',
    does: 'leaves CSeq out of all its replies',
    sections: RTSP,
    fails: everyStream('cseq'),
    warns: ['rtsp/refusals/cseq'],
    because: 'each reply that the document shows (19.1 to 19.5) repeats CSeq, and the contract counts the handshake among what is required',
    make: responding((text) => text.replace(/^CSeq: .*\r\n/m, '')),
  },
  {
    id: 'rtsp-cseq-blank',
    does: 'puts a blank behind CSeq',
    sections: RTSP,
    make: responding((text) => text.replace(/^(CSeq: \d+)\r\n/m, '$1 \r\n')),
  },
  {
    id: 'rtsp-no-reason',
    does: 'ends its status line with the code',
    sections: RTSP,
    warns: [...everyStream('syntax'), 'rtsp/witness/handshake'],
    make: responding((text) => text.replace(/^(RTSP\/1\.0 \d+) .*\r\n/, '$1\r\n')),
  },
  {
    id: 'rtsp-empty-reason',
    does: 'ends its status line with the code and a blank',
    sections: RTSP,
    make: responding((text) => text.replace(/^(RTSP\/1\.0 \d+ ).*\r\n/, '$1\r\n')),
  },
  {
    id: 'rtsp-no-star',
    does: 'refuses OPTIONS for "*"',
    sections: RTSP,
    make: () => answering(({ uri }) => (uri === '*' ? { status: 400 } : undefined)),
  },
  {
    id: 'rtsp-options-404',
    does: 'answers OPTIONS for the stream with 404',
    sections: RTSP,
    fails: everyStream('options'),
    because: 'the document shows OPTIONS for the stream answered with 200 (19.1)',
    make: () => answering(({ method }) => (method === 'OPTIONS' ? { status: 404 } : undefined)),
  },
  {
    id: 'rtsp-needs-user-agent',
    does: 'refuses requests without User-Agent, whatever their credentials',
    sections: RTSP,
    warns: ['rtsp/user-agent/optional'],
    make: () =>
      answering(({ headers }) => (headers.has('user-agent') ? undefined : { status: 401, headers: [['WWW-Authenticate', 'Basic realm="camera"']] })),
  },
  {
    id: 'rtsp-get-parameter-alive',
    does: 'takes GET_PARAMETER alone for a sign of life',
    sections: RTSP,
    make: () => stream({ sessions: { keptBy: 'GET_PARAMETER' } }),
  },
  {
    id: 'rtsp-timeout-15',
    does: 'ends a session after 15 s of silence, as it says',
    sections: RTSP,
    make: () => stream({ sessions: { seconds: 15 } }),
  },
  {
    id: 'rtsp-short-session',
    does: 'has session ids of six digits',
    sections: RTSP,
    warns: everywhere('setup-headers'),
    make: (random) => stream({ sessions: { id: () => String(100_000 + Math.floor(random() * 900_000)) } }),
  },
  {
    id: 'rtsp-constant-session',
    does: 'gives each session the id 1234567890',
    sections: RTSP,
    fails: ['rtsp/session/distinct'],
    make: () => stream({ sessions: { id: () => '1234567890' } }),
  },
  {
    id: 'rtsp-session-blanks',
    does: 'writes "Session:        708345999; timeout=60"',
    sections: RTSP,
    make: responding((text) => text.replace(/^Session: ([^;\r]+);timeout/m, 'Session:        $1; timeout')),
  },
  {
    id: 'rtsp-no-timeout',
    does: 'names no timeout in Session',
    sections: RTSP,
    make: responding((text) => text.replace(/^(Session: [^;\r]+);timeout=\d+/m, '$1')),
  },
  {
    id: 'rtsp-two-timeouts',
    does: 'names a timeout of 60 s in the answer to SETUP, and one of 120 s in that to PLAY',
    sections: RTSP,
    make: responding((text) => text.replace(/;timeout=60/, ';timeout=120'), 'PLAY'),
  },
  {
    id: 'rtsp-nameless-session',
    does: 'has no Session header: the connection is the session',
    sections: RTSP,
    warns: everywhere('setup-headers'),
    because: 'RFC 2326 allows it, but the document shows SETUP answered with a Session (19.3)',
    make: () => stream({ sessions: { isNameless: true }, response: (_, text) => text.replace(/^Session: .*\r\n/m, '') }),
  },
  {
    id: 'rtsp-doubled-base',
    does: 'writes Content-Base with its scheme twice',
    sections: RTSP,
    warns: everyStream('describe-headers'),
    make: responding((text) => text.replace('Content-Base: rtsp://', 'Content-Base: rtsp://rtsp://')),
  },
  {
    id: 'rtsp-no-base',
    does: 'sends no Content-Base',
    sections: RTSP,
    make: responding((text) => text.replace(/^Content-Base: .*\r\n/m, '')),
  },
  {
    id: 'rtsp-base-without-slash',
    does: 'ends Content-Base without a slash',
    sections: RTSP,
    make: responding((text) => text.replace(/^(Content-Base: .*)\/\r\n/m, '$1\r\n')),
  },
  {
    id: 'rtsp-appended-control',
    does: 'wants a track behind the whole base, its query included, and answers 404 to any other join',
    sections: RTSP,
    make: () =>
      stream({
        response: (_, text) => text.replace(/^(Content-Base: .*)\/\r\n/m, '$1?channel=1\r\n'),
        request: ({ method, uri }) => (method === 'SETUP' && !/\?channel=1\/trackID=\d$/.test(uri) ? { status: 404 } : undefined),
      }),
  },
  {
    id: 'rtsp-other-channels',
    does: 'takes channels 10 above those that were asked for',
    sections: RTSP,
    make: () => stream({ channels: ([rtp, rtcp]) => [rtp + 10, rtcp + 10] }),
  },
  {
    id: 'rtsp-single-numbers',
    does: 'writes "interleaved=0" and "server_port=8052", without the second number',
    sections: RTSP,
    make: responding((text) => text.replace(/(interleaved|server_port)=(\d+)-\d+/, '$1=$2'), 'SETUP'),
  },
  {
    id: 'rtsp-setup-without-transport',
    does: 'answers SETUP without Transport',
    sections: RTSP,
    warns: everywhere('setup-headers'),
    make: responding((text) => text.replace(/^Transport: .*\r\n/m, ''), 'SETUP'),
  },
  {
    id: 'rtsp-no-rtp-info',
    does: 'answers PLAY without RTP-Info',
    sections: RTSP,
    make: responding((text) => text.replace(/^RTP-Info: .*\r\n/m, ''), 'PLAY'),
  },
  {
    id: 'rtsp-wrong-rtp-info',
    does: 'writes "seq=0;rtptime=-1" in RTP-Info',
    sections: RTSP,
    warns: everywhere('rtp-info'),
    make: responding((text) => text.replace(/seq=\d+;rtptime=\d+/g, 'seq=0;rtptime=-1'), 'PLAY'),
  },
  {
    id: 'rtsp-zero-rtp-info',
    does: 'writes "seq=0;rtptime=0" in RTP-Info, wherever the packets begin',
    sections: RTSP,
    warns: everywhere('rtp-info'),
    make: () =>
      stream({ start: { seq: 30_000, rtptime: 1_000_000_000 }, response: (_, text) => text.replace(/seq=\d+;rtptime=\d+/g, 'seq=0;rtptime=0') }),
  },
  {
    id: 'rtsp-relative-rtp-info',
    does: 'names its tracks relatively in RTP-Info, and ends it with a semicolon',
    sections: RTSP,
    make: responding((text) => text.replace(/^(RTP-Info: .*)\r\n/m, '$1;\r\n').replace(/url=rtsp:\S+?\/(trackID=\d)/g, 'url=$1'), 'PLAY'),
  },
  {
    id: 'rtsp-packets-before-reply',
    does: 'sends packets before it answers PLAY',
    sections: RTSP,
    make: () => stream({ held: (method) => (method === 'PLAY' ? 120 : 0) }),
  },
  {
    id: 'rtsp-asks-client',
    does: 'sends OPTIONS to its client behind the answer to PLAY',
    sections: RTSP,
    make: () => stream({ afterwards: (method) => (method === 'PLAY' ? 'OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n' : '') }),
  },
  {
    id: 'rtsp-fresh-nonces',
    does: 'wants a new nonce after every third request',
    sections: RTSP,
    make: () => stream({ nonceUses: 3 }),
  },
  {
    id: 'rtsp-many-challenges',
    does: 'offers SHA-256, MD5 and Basic, with stale and algorithm in quotes',
    sections: RTSP,
    make: responding((text) =>
      text.replace(
        /^WWW-Authenticate: Digest realm="(\w+)", nonce="(\w+)"\r\n/m,
        'WWW-Authenticate: Digest realm="$1", nonce="$2", algorithm=SHA-256, qop="auth"\r\nWWW-Authenticate: Digest realm="$1", nonce="$2", stale="FALSE", algorithm="MD5"\r\n',
      ),
    ),
  },
  {
    id: 'rtsp-basic-only',
    does: 'offers Basic alone',
    sections: RTSP,
    make: responding((text) => text.replace(DIGEST_LINE, '')),
  },
  {
    id: 'rtsp-no-basic',
    does: 'answers 400 to Basic, because it offers Digest',
    sections: RTSP,
    make: () =>
      stream({
        request: ({ headers }) => (/^basic/i.test(headers.get('authorization') ?? '') ? { status: 400 } : undefined),
        response: (_, text) => text.replace(/^WWW-Authenticate: Basic .*\r\n/m, ''),
      }),
  },
  {
    id: 'rtsp-folded-headers',
    does: 'folds WWW-Authenticate and Public',
    sections: RTSP,
    make: responding((text) => inHead(text, (head) => head.replace(/^(WWW-Authenticate: Digest [^,]*,|Public: [^,]*,) /gm, '$1\r\n '))),
  },
  {
    id: 'rtsp-two-sessions',
    does: 'has two sessions at most: 453 to a third',
    sections: RTSP,
    make: () => stream({ sessions: { most: 2 } }),
  },
  {
    id: 'rtsp-keeps-slots',
    does: 'does not see that a connection ended: its sessions last until their timeout',
    sections: RTSP,
    make: () => stream({ sessions: { endWithConnection: false } }),
  },
  {
    id: 'rtsp-type-charset',
    does: 'labels its description "application/sdp; charset=utf-8"',
    sections: RTSP,
    make: responding((text) => text.replace('Content-Type: application/sdp', 'Content-Type: application/sdp; charset=utf-8')),
  },
  {
    id: 'rtsp-no-type',
    does: 'does not label its description',
    sections: RTSP,
    warns: everyStream('describe-headers'),
    make: responding((text) => text.replace(/^Content-Type: .*\r\n/m, '')),
  },
  {
    id: 'rtsp-tcp-only',
    does: 'answers 461 to SETUP over UDP',
    sections: RTSP,
    make: () =>
      answering(({ method, headers }) => (method === 'SETUP' && /client_port/.test(headers.get('transport') ?? '') ? { status: 461 } : undefined)),
  },
  {
    id: 'rtsp-udp-only',
    does: 'answers 461 to SETUP over TCP',
    sections: RTSP,
    because: '19.3 shows UDP alone',
    make: () =>
      answering(({ method, headers }) => (method === 'SETUP' && /interleaved/.test(headers.get('transport') ?? '') ? { status: 461 } : undefined)),
  },
  {
    id: 'rtsp-in-pieces',
    does: 'sends replies and packets in many small segments',
    sections: RTSP,
    make: () => stream({ inPieces: true }),
  },
  {
    id: 'rtsp-deadly-keep-alive',
    does: 'ends the connection on GET_PARAMETER, which its Public names',
    sections: RTSP,
    fails: ['rtsp/session/keep-alive'],
    because: 'ordinary players keep a session alive so, and lose the stream (ngraziano/SharpRTSP#63)',
    make: () => stream({ hangsUp: (method) => method === 'GET_PARAMETER' }),
  },
  {
    id: 'rtsp-deadly-keep-alive-6',
    does: 'does so with a timeout of 6 s',
    sections: RTSP,
    fails: ['rtsp/session/keep-alive'],
    make: () => stream({ sessions: { seconds: 6 }, hangsUp: (method) => method === 'GET_PARAMETER' }),
  },
  {
    id: 'rtsp-silent-keep-alive',
    does: 'answers GET_PARAMETER, and sends nothing from then on',
    sections: RTSP,
    fails: ['rtsp/session/keep-alive'],
    make: () => {
      let isSilent = false;
      return stream({
        response: (method, text) => {
          if (method === 'GET_PARAMETER') isSilent = true;
          else if (method !== 'TEARDOWN') isSilent = false;
          return text;
        },
        packet: (_, packet) => (isSilent ? null : packet),
      });
    },
  },
  {
    id: 'rtsp-cut-sessions',
    does: 'ends each session by itself, 2.5 s behind PLAY',
    sections: RTSP,
    fails: ['rtsp/session/lasts'],
    make: () => stream({ endsAfterMs: 2500 }),
  },
  {
    id: 'rtsp-silent-teardown',
    does: 'ends a session at TEARDOWN, and answers nothing to it',
    sections: RTSP,
    fails: ['rtsp/stream_0.tcp/teardown'],
    make: () => stream({ response: (method, text) => (method === 'TEARDOWN' ? null : text) }),
  },
  {
    id: 'rtsp-hangs-up-at-teardown',
    does: 'ends the connection at TEARDOWN, and answers nothing to it',
    sections: RTSP,
    fails: ['rtsp/stream_0.tcp/teardown'],
    make: () => stream({ hangsUp: (method) => method === 'TEARDOWN' }),
  },
  {
    id: 'rtsp-ends-at-timeout',
    does: 'ends a session at its timeout of 4 s, however it is kept alive',
    sections: RTSP,
    fails: ['rtsp/session/lasts'],
    make: () => stream({ sessions: { seconds: 4 }, endsAfterMs: 4000 }),
  },
  {
    id: 'rtsp-unchecked-ids',
    does: 'plays and ends the session of a connection by any id',
    sections: RTSP,
    warns: ['rtsp/session/checked'],
    make: () => {
      const given = new Set<string>();
      return stream({
        response: (method, text) => {
          const id = /^Session: ([^;\r]+)/m.exec(text)?.[1];
          if (method === 'SETUP' && id !== undefined) given.add(id);
          return text;
        },
        request: ({ method, headers }) => {
          const named = headers.get('session') ?? '';
          const isOther = !given.has(named) && [...given].some(({ length }) => length === named.length);
          return /^(PLAY|TEARDOWN)$/.test(method) && isOther ? { status: 200 } : undefined;
        },
      });
    },
  },
  {
    id: 'rtsp-starves-fourth',
    does: 'lets in a fourth viewer, and sends it nothing',
    sections: RTSP,
    warns: ['rtsp/viewers/four-at-once'],
    make: () => {
      const heardOf = new Map<number, number>();
      const starved = new Set<number>();
      return stream({
        // Who ended its session is no viewer any more; who plays on is heard again with the next packet.
        response: (method, text) => {
          if (method === 'TEARDOWN') heardOf.clear();
          return text;
        },
        packet: (media, packet) => {
          if (media !== 'video') return packet;
          const [source, now] = [packet.header.readUInt32BE(8), performance.now()];
          const others = [...heardOf].filter(([each, at]) => each !== source && now - at < 500);
          if (!heardOf.has(source) && others.length >= 3) starved.add(source);
          heardOf.set(source, now);
          return starved.has(source) ? null : packet;
        },
      });
    },
  },
  {
    id: 'rtsp-one-session',
    does: 'has one session at most: 453 to a second',
    sections: [19, 21],
    make: () => stream({ sessions: { most: 1 } }),
  },
  {
    id: 'rtsp-short-bodies',
    does: 'sends 20 bytes less of a description than Content-Length says',
    sections: RTSP,
    warns: everyStream('describe-headers'),
    make: responding((text) => text.replace(/^Content-Length: (\d+)/m, (_, length: string) => `Content-Length: ${Number(length) + 20}`), 'DESCRIBE'),
  },
  {
    id: 'rtsp-length-without-body',
    does: 'names a Content-Length in its answer to OPTIONS, which has no body',
    sections: RTSP,
    warns: everyStream('syntax'),
    make: responding((text) => text.replace('\r\n\r\n', '\r\nContent-Length: 20\r\n\r\n'), 'OPTIONS'),
  },
  {
    id: 'rtsp-unasked-ports',
    does: 'names ports of the client in its answer to SETUP over TCP, and another second port over UDP',
    sections: RTSP,
    warns: everywhere('setup-headers'),
    make: responding(
      (text) =>
        text
          .replace(/interleaved=(\d+-\d+)/, 'interleaved=$1;client_port=5000-5001')
          .replace(/client_port=(\d+)-\d+;source/, 'client_port=$1-9;source'),
      'SETUP',
    ),
  },
  {
    id: 'rtsp-any-stream-name',
    does: 'serves the main stream under any name that it does not know',
    sections: RTSP,
    because: 'the document does not say what other names do',
    make: () => stream({ path: (path) => (path === '/stream_1' ? path : '/stream_0') }),
  },
  {
    id: 'rtsp-lost-datagrams',
    does: 'streams over TCP; its datagrams get lost on their way',
    sections: RTSP,
    make: () => stream({ ports: () => [9, 9] }),
  },
  {
    id: 'rtsp-restarts-with-encoder',
    does: 'is away for 150 ms after a change of video, audio or RTSP, and ends its connections',
    sections: [19, 21, 22],
    make: () => ({
      tamper: {
        performs: (action, _, { machine }, perform) => {
          const reply = perform();
          if (/^set(Rtsp|Venc|Aenc)Conf$/.test(action)) machine.sendRtspAway(150);
          return reply;
        },
      },
    }),
  },
  {
    id: 'rtsp-old-description',
    does: 'describes each stream as it was when it was first asked for, whatever is set later',
    sections: [19, 21],
    warns: ['video/description/follows'],
    make: () => {
      const first = new Map<string, string>();
      return stream(
        redescribing((sdp) => {
          const key = `${/^s=.*$/m.exec(sdp)?.[0]} ${/H26\d/.exec(sdp)?.[0]}`;
          return sdp.replace(/^a=fmtp:96 .*$/m, (line) => {
            first.set(key, first.get(key) ?? line);
            return first.get(key) ?? line;
          });
        }),
      );
    },
  },
];
