/** RTSP as cameras speak it: start lines, headers, sessions, transports, authentication. */
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
];
