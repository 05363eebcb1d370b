/** Section 19.1 to 19.5: what is answered to the five methods. */
import type { RtspRequest } from '../../stream/request-reader.ts';
import type { RtspResponse } from '../../stream/response.ts';
import type { StreamTamper } from '../../stream/stream-tamper.ts';
import { type BlindDefect, SHOULD, streaming, writerFor } from './blind-defect.ts';
import { answering, describing, headerIn, inHead, isOk, nameIn, split, withHeader, withoutHeader, withStatus } from './rtsp-texts.ts';
import { counter } from './sets-and-gets.ts';

const write = writerFor('rtsp');
type Plain = (clause: string, word: string, does: string, make: () => StreamTamper, more?: Parameters<typeof write>[4]) => BlindDefect;
const over: Plain = (clause, word, does, make, more = {}) => write(clause, word, does, () => streaming(make()), more);

const sequenced = (change: (cseq: number) => number | string) =>
  inHead(null, (head) => withHeader(head, 'CSeq', String(change(Number(headerIn(head, 'CSeq'))))));

/** Requests that are answered in place of the camera. */
const instead = (answer: (request: RtspRequest) => RtspResponse | undefined): StreamTamper => ({ request: answer });

/** Ids of sessions that the camera gave, so that one knows which it did not. */
function sessionsGiven(): { readonly watch: (method: string, text: string) => void; readonly knows: (id: string | undefined) => boolean } {
  const given = new Set<string>();
  return {
    watch: (method, text) => {
      const id = headerIn(split(text).head, 'Session')?.split(';')[0];
      if (method === 'SETUP' && id !== undefined) given.add(id);
    },
    knows: (id) => given.has(id?.split(';')[0]?.trim() ?? ''),
  };
}

/** A method is answered with success for a session that there never was. */
const forAnySession = (method: string) => (): StreamTamper => {
  const sessions = sessionsGiven();
  return {
    response: (asked, text) => {
      sessions.watch(asked, text);
      return text;
    },
    request: ({ method: asked, headers }) =>
      asked === method && !sessions.knows(headers.get('session'))
        ? { status: 200, headers: [['Session', headers.get('session') ?? '1']] }
        : undefined,
  };
};

/** The first description of each stream, or a part of it, in all later ones. */
const keepingFirst = (merge: (first: string, now: string) => string) => (): StreamTamper => {
  const first = new Map<string, string>();
  return describing((sdp) => {
    const known = first.get(nameIn(sdp)) ?? sdp;
    first.set(nameIn(sdp), known);
    return merge(known, sdp);
  });
};

/** The description from before the last change. */
const oneChangeLate = (): StreamTamper => {
  const last = new Map<string, { now: string; before: string }>();
  return describing((sdp) => {
    const known = last.get(nameIn(sdp)) ?? { now: sdp, before: sdp };
    const next = known.now === sdp ? known : { now: sdp, before: known.now };
    last.set(nameIn(sdp), next);
    return next.before;
  });
};

const lineOf = (sdp: string, start: string): string | undefined => sdp.split('\r\n').find((line) => line.startsWith(start));
const replacing = (sdp: string, start: string, line: string | undefined): string =>
  line === undefined
    ? sdp
    : sdp
        .split('\r\n')
        .map((each) => (each.startsWith(start) ? line : each))
        .join('\r\n');

export const RTSP_HANDSHAKE: readonly BlindDefect[] = [
  over('main-stream-url', 'main-is-sub', 'describes the sub stream at /stream_0', () => {
    const last = new Map<string, string>();
    return describing((sdp) => {
      last.set(nameIn(sdp), sdp);
      return nameIn(sdp) === 'stream_0' ? (last.get('stream_1') ?? sdp) : sdp;
    });
  }),
  over('main-stream-url', 'main-not-found', 'answers DESCRIBE of /stream_0 with 404', () =>
    instead(({ method, uri }) => (method === 'DESCRIBE' && uri.includes('stream_0') ? { status: 404 } : undefined)),
  ),
  over('main-stream-url', 'main-has-settings-of-sub', 'sends at /stream_0 what the second stream is set to', () => {
    let sub: Parameters<NonNullable<StreamTamper['settings']>>[1] | null = null;
    return {
      settings: (channel, settings) => {
        if (channel === 1) sub = settings;
        return channel === 0 && sub !== null ? sub : settings;
      },
    };
  }),
  over('sub-stream-url', 'sub-not-found', 'answers DESCRIBE of /stream_1 with 404', () =>
    instead(({ method, uri }) => (method === 'DESCRIBE' && uri.includes('stream_1') ? { status: 404 } : undefined)),
  ),
  over('sub-stream-url', 'sub-is-main', 'sends at /stream_1 what the main stream is set to', () => {
    let main: Parameters<NonNullable<StreamTamper['settings']>>[1] | null = null;
    return {
      settings: (channel, settings) => {
        if (channel === 0) main = settings;
        return channel === 1 && main !== null ? main : settings;
      },
    };
  }),
  over('sub-stream-url', 'sub-without-picture', 'sends no picture at /stream_1', () => {
    const subs = new Set<number>();
    let isSub = false;
    return {
      request: ({ uri }) => {
        isSub = uri.includes('stream_1');
        return undefined;
      },
      response: (method, text) => {
        const ssrc = /ssrc=([0-9a-f]{8})/i.exec(text)?.[1];
        if (method === 'SETUP' && isSub && ssrc !== undefined) subs.add(Number.parseInt(ssrc, 16));
        return text;
      },
      packet: (media, packet) => (media === 'video' && subs.has(packet.header.readUInt32BE(8)) ? null : packet),
    };
  }),

  over('sequence-number-echoed', 'cseq-counts', 'counts CSeq by itself', () => {
    const next = counter();
    return sequenced(() => next());
  }),
  over('sequence-number-echoed', 'cseq-off-by-one', 'answers with the CSeq of the next request', () => sequenced((cseq) => cseq + 1)),
  over('sequence-number-echoed', 'cseq-of-a-byte', 'keeps the last byte of CSeq', () => sequenced((cseq) => cseq % 256), SHOULD),
  over('sequence-number-echoed', 'cseq-missing-in-play', 'leaves CSeq out of replies to PLAY', () =>
    inHead('PLAY', (head) => withoutHeader(head, 'CSeq')),
  ),
  over('sequence-number-echoed', 'cseq-zero-in-teardown', 'answers TEARDOWN with CSeq 0', () =>
    inHead('TEARDOWN', (head) => withHeader(head, 'CSeq', '0')),
  ),
  over(
    'sequence-number-echoed',
    'cseq-missing-in-refusals',
    'leaves CSeq out of refusals',
    () => ({ response: (_, text) => (isOk(text) ? text : text.replace(/^CSeq: .*\r\n/m, '')) }),
    SHOULD,
  ),
  over('sequence-number-echoed', 'cseq-in-hexadecimal', 'writes CSeq in hexadecimal', () => sequenced((cseq) => `0x${cseq.toString(16)}`)),
  over('sequence-number-echoed', 'cseq-stands-at-ten', 'writes CSeq 9 for all above', () => sequenced((cseq) => Math.min(9, cseq)), SHOULD),

  over('options-status', 'options-404', 'answers OPTIONS with 404', () =>
    instead(({ method }) => (method === 'OPTIONS' ? { status: 404 } : undefined)),
  ),
  over('options-status', 'options-201', 'answers OPTIONS with 201', () => withStatus('OPTIONS', '201 Created')),
  over('options-status', 'options-second-refused', 'answers each second OPTIONS with 455', () => {
    const next = counter();
    return instead(({ method }) => (method === 'OPTIONS' && next() % 2 === 0 ? { status: 455 } : undefined));
  }),
  over('options-status', 'options-needs-log-in', 'asks for a log-in at OPTIONS and takes none', () =>
    instead(({ method }) => (method === 'OPTIONS' ? { status: 401, headers: [['WWW-Authenticate', 'Basic realm="camera"']] } : undefined)),
  ),
  over('public-names-five-methods', 'public-without-play', 'does not name PLAY', () =>
    inHead('OPTIONS', (head) => withHeader(head, 'Public', 'OPTIONS, DESCRIBE, SETUP, TEARDOWN')),
  ),
  over('public-names-five-methods', 'public-missing', 'does not name its methods', () => inHead('OPTIONS', (head) => withoutHeader(head, 'Public'))),
  over('public-names-five-methods', 'public-replay', 'names REPLAY for PLAY', () => inHead('OPTIONS', (head) => head.replace(/\bPLAY\b/, 'REPLAY'))),
  over('public-names-five-methods', 'public-joined', 'names its methods without commas', () =>
    inHead('OPTIONS', (head) => withHeader(head, 'Public', 'OPTIONSDESCRIBESETUPPLAYTEARDOWN')),
  ),
  over(
    'public-names-five-methods',
    'public-lower',
    'names its methods in small letters',
    () => inHead('OPTIONS', (head) => withHeader(head, 'Public', (headerIn(head, 'Public') ?? '').toLowerCase())),
    SHOULD,
  ),
  over('public-names-five-methods', 'allow-for-public', 'names its methods in Allow', () =>
    inHead('OPTIONS', (head) => head.replace('Public:', 'Allow:')),
  ),

  over('describe-status', 'describe-500', 'answers each third DESCRIBE with 406', () => {
    const next = counter();
    return instead(({ method }) => (method === 'DESCRIBE' && next() % 3 === 0 ? { status: 406 } : undefined));
  }),
  over('describe-status', 'describe-302', 'answers DESCRIBE with 302', () => withStatus('DESCRIBE', '302 Moved')),
  over('describe-type', 'type-text', 'calls the description text/plain', () =>
    inHead('DESCRIBE', (head) => withHeader(head, 'Content-Type', 'text/plain')),
  ),
  over('describe-type', 'type-missing', 'does not say what the description is', () =>
    inHead('DESCRIBE', (head) => withoutHeader(head, 'Content-Type')),
  ),
  over('describe-type', 'type-xml', 'calls the description application/xml', () =>
    inHead('DESCRIBE', (head) => withHeader(head, 'Content-Type', 'application/xml')),
  ),
  over('describe-type', 'body-is-no-description', 'sends HTML in place of a description', () => describing(() => '<html><body>stream</body></html>')),
  over('describe-length', 'body-shorter', 'sends ten bytes fewer than it says', () =>
    answering('DESCRIBE', ({ head, body }) => ({ head, body: body.slice(0, -10) })),
  ),
  over('describe-length', 'body-shorter-by-one', 'says one byte more than it sends', () =>
    inHead('DESCRIBE', (head) => withHeader(head, 'Content-Length', String(Number(headerIn(head, 'Content-Length')) + 1))),
  ),
  over('describe-length', 'body-longer', 'says ten bytes fewer than it sends', () =>
    inHead('DESCRIBE', (head) => withHeader(head, 'Content-Length', String(Number(headerIn(head, 'Content-Length')) - 10))),
  ),
  over('describe-length', 'length-missing', 'does not say the length of the description', () =>
    inHead('DESCRIBE', (head) => withoutHeader(head, 'Content-Length')),
  ),
  over('describe-length', 'length-is-none', 'says a length that is no number', () =>
    inHead('DESCRIBE', (head) => withHeader(head, 'Content-Length', 'chunked')),
  ),
  over('describe-length', 'length-zero', 'says length 0, and sends the description', () =>
    inHead('DESCRIBE', (head) => withHeader(head, 'Content-Length', '0')),
  ),
  over('describe-base', 'base-of-another-stream', 'gives the base of the other stream', () =>
    inHead('DESCRIBE', (head) =>
      withHeader(
        head,
        'Content-Base',
        (headerIn(head, 'Content-Base') ?? '').replace(/stream_(\d)/, (_, digit: string) => `stream_${digit === '0' ? 1 : 0}`),
      ),
    ),
  ),
  over('describe-base', 'base-of-nobody', 'gives a base at an address where nothing is', () =>
    inHead('DESCRIBE', (head) => withHeader(head, 'Content-Base', (headerIn(head, 'Content-Base') ?? '').replace(/\/\/[^/]+/, '//192.0.2.1:554'))),
  ),
  over(
    'describe-base',
    'base-twice',
    'writes rtsp:// twice',
    () => inHead('DESCRIBE', (head) => withHeader(head, 'Content-Base', `rtsp://${headerIn(head, 'Content-Base')}`)),
    SHOULD,
  ),
  over(
    'describe-base',
    'base-is-a-path',
    'gives a path for the base',
    () => inHead('DESCRIBE', (head) => withHeader(head, 'Content-Base', (headerIn(head, 'Content-Base') ?? '').replace(/^rtsp:\/\/[^/]+/, ''))),
    SHOULD,
  ),
  over('describe-base', 'control-of-nobody', 'gives its tracks URLs that it does not know', () =>
    describing((sdp) => sdp.replaceAll('a=control:trackID=', 'a=control:track')),
  ),

  over(
    'describe-type',
    'first-description',
    'tells of the stream as it was at the first DESCRIBE',
    keepingFirst((first) => first),
    SHOULD,
  ),
  over('describe-type', 'one-change-late', 'tells of the stream as it was before the last change', oneChangeLate, SHOULD),
  over(
    'describe-type',
    'first-parameter-sets',
    'names the parameter sets of its first description for ever',
    keepingFirst((first, sdp) =>
      replacing(sdp, 'a=fmtp:96', lineOf(first, 'a=rtpmap:96') === lineOf(sdp, 'a=rtpmap:96') ? lineOf(first, 'a=fmtp:96') : undefined),
    ),
    SHOULD,
  ),
  over(
    'describe-type',
    'first-frame-rate',
    'names the frame rate of its first description for ever',
    keepingFirst((first, sdp) => replacing(sdp, 'a=framerate:', lineOf(first, 'a=framerate:'))),
    SHOULD,
  ),
  over(
    'describe-type',
    'parameter-sets-of-nobody',
    'names parameter sets of another size',
    () => describing((sdp) => sdp.replace(/sprop-parameter-sets=[^,;\r]+/, 'sprop-parameter-sets=Z01AKNoB4AiflhAAAAMAEAAAAwMo8WLq')),
    SHOULD,
  ),
  over('describe-type', 'rtpmap-of-another-codec', 'calls the picture H265 where it is H264, and the other way round', () =>
    describing((sdp) => sdp.replace(/H26([45])\/90000/, (_, digit: string) => `H26${digit === '4' ? 5 : 4}/90000`)),
  ),
  over('describe-type', 'rtpmap-missing', 'does not say what the picture is', () => describing((sdp) => sdp.replace(/^a=rtpmap:96 .*\r\n/m, ''))),
  over(
    'describe-type',
    'profile-level-of-another',
    'names another profile than the stream has',
    () =>
      describing((sdp) =>
        sdp.replace(/profile-level-id=[0-9A-F]{2}/, (text) => (text.endsWith('42') ? 'profile-level-id=64' : 'profile-level-id=42')),
      ),
    SHOULD,
  ),
  over('describe-type', 'payload-type-of-another', 'names payload type 97 where it sends 96', () =>
    describing((sdp) => sdp.replaceAll(/\b96\b/g, '97')),
  ),
  over('describe-type', 'version-missing', 'begins its description without v=', () => describing((sdp) => sdp.replace(/^v=0\r\n/, '')), SHOULD),
  over(
    'describe-type',
    'control-missing',
    'gives its tracks no control URL',
    () => describing((sdp) => sdp.replaceAll(/^a=control:trackID.*\r\n/gm, '')),
    SHOULD,
  ),
  over('describe-type', 'clock-rate-of-another', 'names a clock of 9000 for the picture', () =>
    describing((sdp) => sdp.replace(/(H26[45])\/90000/, '$1/9000')),
  ),

  over('setup-status', 'setup-second-refused', 'answers each second SETUP with 461', () => {
    const next = counter();
    return instead(({ method }) => (method === 'SETUP' && next() % 2 === 0 ? { status: 461 } : undefined));
  }),
  over('setup-status', 'setup-202', 'answers SETUP with 202', () => withStatus('SETUP', '202 Accepted')),
  over('setup-transport', 'other-client-ports', 'repeats client ports that nobody asked for', () =>
    inHead('SETUP', (head) =>
      head.replace(/client_port=(\d+)-(\d+)/, (_, rtp: string, rtcp: string) => `client_port=${Number(rtp) + 2}-${Number(rtcp) + 2}`),
    ),
  ),
  over('setup-transport', 'client-port-missing', "does not repeat the client's ports", () =>
    inHead('SETUP', (head) => head.replace(/client_port=[\d-]+;?/, '')),
  ),
  over('setup-transport', 'ports-swapped', "repeats the client's ports the other way round", () =>
    inHead('SETUP', (head) => head.replace(/client_port=(\d+)-(\d+)/, 'client_port=$2-$1')),
  ),
  over('setup-transport', 'server-port-missing', 'does not add its own ports', () =>
    inHead('SETUP', (head) => head.replace(/server_port=[\d-]+;?/, '')),
  ),
  over('setup-transport', 'server-port-of-nobody', 'adds ports that it does not send from', () =>
    inHead('SETUP', (head) =>
      head.replace(/server_port=(\d+)-(\d+)/, (_, rtp: string, rtcp: string) => `server_port=${Number(rtp) ^ 2}-${Number(rtcp) ^ 2}`),
    ),
  ),
  over('setup-transport', 'sends-to-other-ports', "repeats the client's ports, and sends two ports higher", () => ({
    ports: ([rtp, rtcp]) => [rtp + 2, rtcp + 2],
  })),
  over('setup-transport', 'multicast', 'answers multicast where unicast was asked for', () =>
    inHead('SETUP', (head) => head.replace('unicast', 'multicast')),
  ),
  over('setup-transport', 'transport-missing', 'leaves Transport out', () => inHead('SETUP', (head) => withoutHeader(head, 'Transport'))),
  over('setup-transport', 'tcp-for-udp', 'answers TCP where UDP was asked for', () =>
    inHead('SETUP', (head) =>
      /interleaved/.test(head) ? head : head.replace(/RTP\/AVP;unicast;.*?;ssrc/, 'RTP/AVP/TCP;unicast;interleaved=0-1;ssrc'),
    ),
  ),
  over('setup-transport', 'interleaved-of-another', 'repeats other channels than it sends on', () =>
    inHead('SETUP', (head) =>
      head.replace(/interleaved=(\d+)-(\d+)/, (_, rtp: string, rtcp: string) => `interleaved=${Number(rtp) + 2}-${Number(rtcp) + 2}`),
    ),
  ),
  over('setup-transport', 'interleaved-same', 'sends picture and sound on the same channels', () => ({ channels: () => [0, 1] })),
  over(
    'setup-transport',
    'ssrc-of-another',
    'names another source than it sends',
    () =>
      inHead('SETUP', (head) =>
        head.replace(/ssrc=([0-9a-f]{8})/i, (_, digits: string) => `ssrc=${((Number.parseInt(digits, 16) ^ 1) >>> 0).toString(16).padStart(8, '0')}`),
      ),
    SHOULD,
  ),
  over('setup-session', 'session-missing', 'gives no session', () => inHead('SETUP', (head) => withoutHeader(head, 'Session'))),
  over('setup-session', 'session-empty', 'gives an empty session', () => inHead('SETUP', (head) => withHeader(head, 'Session', ';timeout=60'))),
  over('setup-session', 'session-the-same', 'gives all clients the same session', () => ({ sessions: { id: () => '12345678' } })),
  over('setup-session', 'session-of-another', 'gives a session that it does not know afterwards', () =>
    inHead('SETUP', (head) => head.replace(/^(Session: )(\d)/im, (_, name: string, digit: string) => `${name}${(Number(digit) + 1) % 10}`)),
  ),
  over('setup-session', 'second-track-another-session', 'answers the SETUP of the second track with another session', () => {
    const next = counter();
    return inHead('SETUP', (head) =>
      next() % 2 === 0 ? head.replace(/^(Session: )(\d)/im, (_, name: string, digit: string) => `${name}${(Number(digit) + 1) % 10}`) : head,
    );
  }),
  over(
    'setup-session',
    'timeout-is-none',
    'names a timeout that is no number',
    () => inHead('SETUP', (head) => head.replace(/timeout=\d+/, 'timeout=never')),
    SHOULD,
  ),
  over(
    'setup-session',
    'session-guessable',
    'counts its sessions up',
    () => {
      const next = counter();
      return { sessions: { id: () => String(10_000_000 + next()) } };
    },
    SHOULD,
  ),

  over('play-status', 'play-without-session', 'plays for a session that there never was', forAnySession('PLAY'), SHOULD),
  over('play-status', 'play-204', 'answers PLAY with 250', () => withStatus('PLAY', '250 Low on Storage Space')),
  over('play-status', 'play-second-refused', 'answers each second PLAY with 455', () => {
    const next = counter();
    return instead(({ method }) => (method === 'PLAY' && next() % 2 === 0 ? { status: 455 } : undefined));
  }),
  over('play-session', 'play-other-session', 'names another session in its reply to PLAY', () =>
    inHead('PLAY', (head) => head.replace(/^(Session: )\d/im, '$1x')),
  ),
  over('play-session', 'play-no-session', 'names no session in its reply to PLAY', () => inHead('PLAY', (head) => withoutHeader(head, 'Session'))),
  over(
    'play-session',
    'play-timeout-shorter',
    'names a shorter timeout in its reply to PLAY than in that to SETUP',
    () => inHead('PLAY', (head) => head.replace(/timeout=\d+/, 'timeout=2')),
    SHOULD,
  ),
  over(
    'play-rtp-info',
    'info-of-another-stream',
    'gives the URL of the other stream in RTP-Info',
    () =>
      inHead('PLAY', (head) =>
        withHeader(
          head,
          'RTP-Info',
          (headerIn(head, 'RTP-Info') ?? '').replaceAll(/stream_(\d)/g, (_, digit: string) => `stream_${digit === '0' ? 1 : 0}`),
        ),
      ),
    SHOULD,
  ),
  over(
    'play-rtp-info',
    'info-seq-off',
    'gives a sequence number that it does not begin with',
    () => inHead('PLAY', (head) => head.replaceAll(/seq=(\d+)/g, (_, seq: string) => `seq=${(Number(seq) + 1000) % 65_536}`)),
    SHOULD,
  ),
  over(
    'play-rtp-info',
    'info-time-off',
    'gives a timestamp that it does not begin with',
    () => inHead('PLAY', (head) => head.replaceAll(/rtptime=(\d+)/g, (_, time: string) => `rtptime=${(Number(time) + 900_000) % 2 ** 32}`)),
    SHOULD,
  ),
  over(
    'play-rtp-info',
    'info-one-track',
    'tells of the first track alone',
    () => inHead('PLAY', (head) => withHeader(head, 'RTP-Info', (headerIn(head, 'RTP-Info') ?? '').split(',')[0] ?? '')),
    SHOULD,
  ),
  over('play-rtp-info', 'info-no-url', 'gives no URL in RTP-Info', () => inHead('PLAY', (head) => head.replaceAll(/url=[^;]+;/g, '')), SHOULD),

  over('teardown-status', 'teardown-454', 'answers TEARDOWN with 454', () => withStatus('TEARDOWN', '454 Session Not Found')),
  over('teardown-status', 'teardown-without-session', 'ends a session that there never was', forAnySession('TEARDOWN'), SHOULD),
  over('teardown-status', 'teardown-hangs-up', 'ends the connection in place of an answer to TEARDOWN', () => ({
    hangsUp: (method) => method === 'TEARDOWN',
  })),
  over('teardown-status', 'teardown-silent', 'does not answer TEARDOWN', () => ({
    response: (method, text) => (method === 'TEARDOWN' ? null : text),
  })),
  over('teardown-ends-session', 'plays-on', 'goes on playing behind TEARDOWN', () => ({ playsOn: true })),
  over(
    'teardown-ends-session',
    'refuses-and-plays-on',
    "answers TEARDOWN with 200 without a session's end where the URL is that of a track",
    () => instead(({ method, uri }) => (method === 'TEARDOWN' && /trackID/i.test(uri) ? { status: 200 } : undefined)),
    SHOULD,
  ),
  over(
    'teardown-ends-session',
    'ended-session-plays',
    'plays a session again that was ended',
    () => {
      const ended = new Set<string>();
      return {
        request: ({ method, headers }) => {
          const id = headers.get('session') ?? '';
          if (method === 'PLAY' && ended.has(id)) return { status: 200, headers: [['Session', id]] };
          if (method === 'TEARDOWN') ended.add(id);
          return undefined;
        },
      };
    },
    SHOULD,
  ),
];
