/** Section 19, RTSP: wrong answers to the methods, wrong headers in them, and what is served although it must not be. */
import type { Defect } from './notation.ts';
import { combined, ofMain, only, planted, refusing, responding, type Stream, type Way, withHeader, withoutHeader } from './streaming.ts';

/** The methods with the property by which a check judges each. */
const METHODS = [
  ['OPTIONS', 'options'],
  ['DESCRIBE', 'describe'],
  ['SETUP', 'setup'],
  ['PLAY', 'play'],
  ['TEARDOWN', 'teardown'],
] as const;

const STATUSES = [
  '400 Bad Request',
  '404 Not Found',
  '405 Method Not Allowed',
  '454 Session Not Found',
  '500 Internal Server Error',
  '503 Service Unavailable',
];

const EACH_METHOD: readonly Defect[] = METHODS.flatMap(([method, property]) => [
  ...STATUSES.map((status) =>
    ofMain(`${method}/status-${status.slice(0, 3)}`, `answers ${method} with status ${status}`, property, () => refusing(method, status)),
  ),
  ofMain(`${method}/silent`, `does not answer ${method}`, property, () => ({ response: (asked, text) => (asked === method ? null : text) })),
  ofMain(`${method}/hangs-up`, `ends the connection in place of an answer to ${method}`, property, () => ({ hangsUp: (asked) => asked === method })),
  ofMain(`${method}/without-CSeq`, `leaves CSeq out of its answer to ${method}`, 'cseq', () => withoutHeader('CSeq', method)),
  ofMain(`${method}/CSeq-ahead`, `answers ${method} with the CSeq of the next request`, 'cseq', () =>
    withHeader('CSeq', (value) => String(Number(value) + 1), method),
  ),
  ofMain(`Public/without-${method}`, `leaves ${method} out of Public`, 'options', () =>
    withHeader('Public', (value) =>
      value
        .split(', ')
        .filter((each) => each !== method)
        .join(', '),
    ),
  ),
]);

const OF_OPTIONS: readonly Defect[] = [
  ofMain('Public/missing', 'answers OPTIONS without Public', 'options', () => withoutHeader('Public')),
  ofMain('Public/empty', 'answers OPTIONS with an empty Public', 'options', () => withHeader('Public', () => '')),
  ofMain('Public/as-Allow', 'names its methods in Allow', 'options', () => responding((text) => text.replace(/^Public:/m, 'Allow:'))),
  ofMain('Public/semicolons', 'puts semicolons between the methods of Public', 'options', () =>
    withHeader('Public', (value) => value.replaceAll(', ', ';')),
  ),
  ofMain('CSeq/always-1', 'answers every request with CSeq 1', 'cseq', () => withHeader('CSeq', () => '1')),
  ofMain('CSeq/zero', 'answers every request with CSeq 0', 'cseq', () => withHeader('CSeq', () => '0')),
  ofMain('CSeq/renamed', 'calls CSeq "Seq"', 'cseq', () => responding((text) => text.replace(/^CSeq:/m, 'Seq:'))),
];

const SYNTAX: readonly Defect[] = [
  ofMain('syntax/line-feeds', 'ends the lines of its answers with a line feed alone', 'syntax', () =>
    responding((text) => text.replaceAll('\r\n', '\n')),
  ),
  ofMain('syntax/no-reason', 'ends status lines with the code', 'syntax', () =>
    responding((text) => text.replace('RTSP/1.0 200 OK', 'RTSP/1.0 200')),
  ),
  ofMain('syntax/RTSP-2.0', 'answers in RTSP/2.0', 'syntax', () => responding((text) => text.replace('RTSP/1.0', 'RTSP/2.0'))),
  ofMain('syntax/blank-before-colon', 'puts a blank before the colons of headers', 'syntax', () =>
    responding((text) => text.replace(/^(Date|Public|Server): /gm, '$1 : ')),
  ),
  ofMain('syntax/header-without-name', 'sends a header line without a name', 'syntax', () =>
    responding((text) => text.replace(/^(Date: )/m, ': nothing\r\n$1')),
  ),
  ofMain('syntax/two-lengths', 'names two lengths of a description', 'syntax', () =>
    responding((text) => text.replace(/^(Content-Length: )(\d+)/m, '$1$2\r\n$17'), 'DESCRIBE'),
  ),
  ofMain('syntax/stray-bytes', 'sends NUL bytes behind its answers', 'syntax', () => ({ afterwards: () => '\0\0\0\0' })),
  ofMain('syntax/timeout-in-words', 'names a timeout that is no number', 'syntax', () =>
    withHeader('Session', (value) => value.replace(/timeout=\d+/, 'timeout=none')),
  ),
  ofMain('syntax/odd-session', 'has blanks and braces in its session ids', 'syntax', () => ({ sessions: { id: () => '{12 34 56 78 90}' } })),
];

const OF_DESCRIBE: readonly Defect[] = [
  ofMain('DESCRIBE/type-text', 'labels its description as text', 'describe-headers', () => withHeader('Content-Type', () => 'text/plain')),
  ofMain('DESCRIBE/no-type', 'does not label its description', 'describe-headers', () => withoutHeader('Content-Type')),
  ofMain('DESCRIBE/no-length', 'tells no length of its description', 'describe-headers', () => withoutHeader('Content-Length')),
  ofMain('DESCRIBE/length-too-long', 'tells a length beyond its description', 'describe-headers', () =>
    withHeader('Content-Length', (value) => String(Number(value) + 50)),
  ),
  ofMain('DESCRIBE/length-too-short', 'tells a length that lacks the end of its description', 'describe-headers', () =>
    withHeader('Content-Length', (value) => String(Number(value) - 50)),
  ),
  ofMain('DESCRIBE/length-0', 'tells the length 0 of its description', 'describe', () => withHeader('Content-Length', () => '0')),
  ofMain('DESCRIBE/base-doubled', 'writes Content-Base with its scheme twice', 'describe-headers', () =>
    withHeader('Content-Base', (value) => `rtsp://${value}`),
  ),
  ofMain('DESCRIBE/base-path', 'has a path alone for Content-Base', 'describe-headers', () => withHeader('Content-Base', () => '/stream_0/')),
  ofMain('DESCRIBE/base-empty', 'has an empty Content-Base', 'describe-headers', () => withHeader('Content-Base', () => '')),
  ofMain('DESCRIBE/base-of-nothing', 'names a Content-Base that it does not know', 'setup', () =>
    withHeader('Content-Base', (value) => value.replace('stream_', 'live/ch')),
  ),
  ofMain('DESCRIBE/empty', 'answers DESCRIBE without a body', 'describe', () =>
    responding((text) => `${text.slice(0, text.indexOf('\r\n\r\n')).replace(/\r\nContent-Length: \d+/, '')}\r\n\r\n`, 'DESCRIBE'),
  ),
  ofMain('DESCRIBE/html', 'answers DESCRIBE with a page', 'describe', () =>
    responding((text) => {
      const page = '<html><body>Live View</body></html>';
      return `${text.slice(0, text.indexOf('\r\n\r\n')).replace(/Content-Length: \d+/, `Content-Length: ${page.length}`)}\r\n\r\n${page}`;
    }, 'DESCRIBE'),
  ),
];

const OF_SETUP: readonly Defect[] = [
  ofMain('SETUP/no-transport', 'answers SETUP without Transport', 'setup-headers', () => withoutHeader('Transport')),
  ofMain('SETUP/udp-for-tcp', 'answers SETUP over TCP with UDP', 'setup', () =>
    withHeader('Transport', (value) => value.replace('RTP/AVP/TCP', 'RTP/AVP').replace(/interleaved=\d+-\d+/, 'server_port=40000-40001')),
  ),
  planted('SETUP/tcp-for-udp', 'answers SETUP over UDP with TCP', ['stream_0.udp/setup'], () =>
    withHeader('Transport', (value) => value.replace(/^RTP\/AVP;/, 'RTP/AVP/TCP;').replace(/client_port=\S+/, 'interleaved=0-1')),
  ),
  planted('SETUP/no-server-port', 'names no port of its own', ['stream_0.udp/setup'], () =>
    withHeader('Transport', (value) => value.replace(/;server_port=\d+-\d+/, '')),
  ),
  planted('SETUP/other-client-port', 'repeats another port of the client than it was told', ['stream_0.udp/setup-headers'], () =>
    withHeader('Transport', (value) => value.replace(/client_port=\d+-\d+/, 'client_port=5000-5001')),
  ),
  planted('SETUP/multicast', 'answers that it sends to a group', ['stream_0.udp/setup'], () =>
    withHeader('Transport', (value) => value.replace('unicast', 'multicast')),
  ),
  ofMain('SETUP/one-channel-for-all', 'gives both tracks the same channels', 'setup-headers', () => ({ channels: () => [0, 1] })),
  ofMain('SETUP/channels-not-kept', 'sends on other channels than it says', 'rtp-arrives', () =>
    withHeader('Transport', (value) =>
      value.replace(/interleaved=(\d+)-(\d+)/, (_, rtp, rtcp) => `interleaved=${Number(rtp) + 40}-${Number(rtcp) + 40}`),
    ),
  ),
  ofMain('SETUP/short-session', 'has session ids of six digits', 'setup-headers', () => ({ sessions: { id: () => '231970' } })),
  ofMain('SETUP/no-session', 'gives no session', 'setup-headers', () => ({
    sessions: { isNameless: true },
    ...withoutHeader('Session'),
  })),
  ofMain('SETUP/session-for-each-track', 'names another session for the second track', 'setup-headers', () => {
    let setups = 0;
    return {
      response: (method, text) => {
        if (method === 'DESCRIBE') setups = 0;
        if (method !== 'SETUP') return text;
        setups += 1;
        return setups === 2 ? text.replace(/^Session: \d+/m, 'Session: 99999999999') : text;
      },
    };
  }),
  ofMain('SETUP/ssrc-of-another', 'names the SSRC of another source in Transport', 'rtp-header', () =>
    withHeader('Transport', (value) => value.replace(/ssrc=\w+/, 'ssrc=00c0ffee')),
  ),
];

const OF_PLAY: readonly Defect[] = [
  ofMain('PLAY/other-session', 'answers PLAY in another session', 'play', () => withHeader('Session', () => '12345678', 'PLAY')),
  ofMain('RTP-Info/seq-beyond-16-bits', 'writes "seq=70000" in RTP-Info', 'rtp-info', () =>
    withHeader('RTP-Info', (value) => value.replace(/seq=\d+/g, 'seq=70000')),
  ),
  ofMain('RTP-Info/negative-rtptime', 'writes "rtptime=-1" in RTP-Info', 'rtp-info', () =>
    withHeader('RTP-Info', (value) => value.replace(/rtptime=\d+/g, 'rtptime=-1')),
  ),
  ofMain('RTP-Info/no-url', 'names no track in RTP-Info', 'rtp-info', () => withHeader('RTP-Info', (value) => value.replace(/url=[^;]*;/g, ''))),
  ofMain('RTP-Info/empty', 'has an empty RTP-Info', 'rtp-info', () => withHeader('RTP-Info', () => '')),
  ofMain('RTP-Info/far-seq', 'names a sequence number in RTP-Info that is far from the first packet', 'rtp-info', () =>
    withHeader('RTP-Info', (value) => value.replace(/seq=(\d+)/g, (_, seq) => `seq=${(Number(seq) + 30_000) % 65_536}`)),
  ),
  ofMain('RTP-Info/hexadecimal', 'writes RTP-Info with hexadecimal numbers', 'rtp-info', () =>
    withHeader('RTP-Info', (value) => value.replace(/seq=(\d+)/g, (_, seq) => `seq=0x${Number(seq).toString(16)}`)),
  ),
];

const TEARING: readonly Defect[] = [
  planted('TEARDOWN/plays-on', 'goes on sending after TEARDOWN', ['stream_0.tcp/teardown'], () => ({ playsOn: true })),
  planted('session/constant', 'gives each session the same id', ['session/distinct'], () => ({ sessions: { id: () => '1234567890' } })),
  planted('session/of-the-stream', 'gives the session of a stream the id of that stream', ['session/distinct'], () => ({
    sessions: { id: () => 'stream_0_main' },
  })),
];

const ADMITTED: readonly Defect[] = [
  planted(
    'unknown-stream/empty',
    'answers DESCRIBE of a stream that it does not have with status 200 and nothing',
    ['unknown-stream/refused'],
    () => ({
      request: ({ uri }) => (uri.includes('stream_99') ? { status: 200 } : undefined),
    }),
  ),
  planted('unknown-stream/silent', 'does not answer DESCRIBE of a stream that it does not have', ['unknown-stream/refused'], () => ({
    response: (method, text) => (method === 'DESCRIBE' && text.startsWith('RTSP/1.0 404') ? null : text),
  })),
  planted('SETUP/without-asking', 'sets up a track without Transport', ['setup-without-transport/refused'], () => ({
    request: ({ method, headers }) =>
      method === 'SETUP' && !headers.has('transport') ? { status: 200, headers: [['Session', '1234567890;timeout=60']] } : undefined,
  })),
  planted('SETUP/without-asking-silent', 'does not answer SETUP without Transport', ['setup-without-transport/refused'], () => ({
    response: (method, text) => (method === 'SETUP' && text.startsWith('RTSP/1.0 461') ? null : text),
  })),
  planted('PLAY/any-session', 'plays in a session that does not exist', ['play-without-session/refused'], () => ({
    request: ({ method, headers }) => (method === 'PLAY' && headers.get('session') === '0000000000000000' ? { status: 200 } : undefined),
  })),
  planted('PLAY/any-session-silent', 'does not answer PLAY in a session that does not exist', ['play-without-session/refused'], () => ({
    response: (method, text) => (method === 'PLAY' && text.startsWith('RTSP/1.0 454') ? null : text),
  })),
  planted('version/any', 'takes requests of any RTSP version', ['version/refused'], () => ({
    request: ({ version }) =>
      version === 'RTSP/1.0' ? undefined : { status: 200, headers: [['Public', 'OPTIONS, DESCRIBE, SETUP, TEARDOWN, PLAY']] },
  })),
  planted('version/silent', 'does not answer requests of another RTSP version', ['version/refused'], () => ({
    response: (_, text) => (text.startsWith('RTSP/1.0 505') ? null : text),
  })),
  planted('headers/one-spelling', 'knows CSeq in that spelling alone', ['header-names/any-case'], () => ({
    request: ({ head }) => (head.includes('\r\nCSeq: ') ? undefined : { status: 400 }),
  })),
  planted('headers/wants-User-Agent', 'serves nobody who does not name a User-Agent', ['user-agent/optional'], () => ({
    request: ({ headers }) => (headers.has('user-agent') ? undefined : { status: 400 }),
  })),
  planted('refusals/without-CSeq', 'leaves CSeq out of its refusals', ['refusals/cseq'], () => ({
    response: (_, text) => (text.startsWith('RTSP/1.0 200') ? text : text.replace(/^CSeq: .*\r\n/m, '')),
  })),
  planted('handshake/no-reason', 'ends its status lines so that ordinary clients do not read them', ['witness/handshake'], () =>
    responding((text) => text.replace('RTSP/1.0 200 OK', 'RTSP/1.0 200')),
  ),
];

/** What is wrong in one stream over one way alone: each of these is a case of its own in firmware, and a check of its own. */
const ELSEWHERE: readonly (readonly [stream: Stream, way: Way])[] = [
  ['stream_0', 'udp'],
  ['stream_1', 'tcp'],
  ['stream_1', 'udp'],
];

const OF_EACH: readonly Defect[] = ELSEWHERE.flatMap(([stream, way]) => {
  const here = (id: string, does: string, property: string, plant: () => Parameters<typeof only>[2]): Defect =>
    planted(`${stream}.${way}/${id}`, `${does} (${stream} over ${way.toUpperCase()} alone)`, [`${stream}.${way}/${property}`], () =>
      only(stream, way, plant()),
    );
  return [
    here('SETUP-refused', 'refuses SETUP', 'setup', () => ({ request: ({ method }) => (method === 'SETUP' ? { status: 400 } : undefined) })),
    here('no-Transport', 'answers SETUP without Transport', 'setup-headers', () => withoutHeader('Transport')),
    here('PLAY-refused', 'refuses PLAY', 'play', () => refusing('PLAY', '455 Method Not Valid in This State')),
    here('PLAY-in-another-session', 'answers PLAY in another session', 'play', () => withHeader('Session', () => '87654321', 'PLAY')),
    here('odd-RTP-Info', 'writes "seq=-1" in RTP-Info', 'rtp-info', () => withHeader('RTP-Info', (value) => value.replace(/seq=\d+/g, 'seq=-1'))),
    here('TEARDOWN-refused', 'refuses TEARDOWN', 'teardown', () => refusing('TEARDOWN', '454 Session Not Found')),
    here('TEARDOWN-in-words-alone', 'answers TEARDOWN and goes on sending', 'teardown', () => ({
      request: ({ method }) => (method === 'TEARDOWN' ? { status: 200 } : undefined),
    })),
  ];
});

/** The auxiliary stream has the same checks of what is said before a way is chosen. */
const OF_SUB: readonly Defect[] = (
  [
    ['OPTIONS-refused', 'refuses OPTIONS', 'options', refusing('OPTIONS', '404 Not Found')],
    ['without-CSeq', 'leaves CSeq out', 'cseq', withoutHeader('CSeq')],
    ['no-reason', 'ends status lines with the code', 'syntax', responding((text) => text.replace('RTSP/1.0 200 OK', 'RTSP/1.0 200'))],
    ['DESCRIBE-refused', 'refuses DESCRIBE', 'describe', refusing('DESCRIBE', '404 Not Found')],
    ['no-type', 'does not label its description', 'describe-headers', withoutHeader('Content-Type')],
  ] as const
).map(([id, does, property, tamper]) =>
  planted(`stream_1/${id}`, `${does} (stream_1 alone)`, [`stream_1.tcp/${property}`], () => only('stream_1', null, combined(tamper))),
);

export const rtspDialogueDefects: readonly Defect[] = [
  ...EACH_METHOD,
  ...OF_OPTIONS,
  ...SYNTAX,
  ...OF_DESCRIBE,
  ...OF_SETUP,
  ...OF_PLAY,
  ...TEARING,
  ...ADMITTED,
  ...OF_EACH,
  ...OF_SUB,
];
