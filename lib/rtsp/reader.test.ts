import { describe, expect, it } from 'vitest';
import type { Deviation } from '../wire/exchange.ts';
import { formatFrame, formatMessage, type RtspMessage } from './messages.ts';
import { createReader, LIMITS, type ReaderEvent } from './reader.ts';

/** An event in short: what a test compares. */
const short = (event: ReaderEvent): unknown => {
  const ids = (deviations: readonly Deviation[]): string[] => deviations.map(({ id }) => id);
  switch (event.kind) {
    case 'frame':
      return `frame ${event.channel} ${event.payload.toString('latin1')}`;
    case 'stray':
      return `stray ${event.deviation.id}`;
    case 'fault':
      return `fault ${event.reason}`;
    case 'request': {
      const { message, deviations } = event.received;
      return {
        line: `${message.method} ${message.url} ${message.version}`,
        headers: message.headers,
        body: `${message.body}`,
        deviations: ids(deviations),
      };
    }
    case 'response': {
      const { message, deviations } = event.received;
      return {
        line: `${message.version}|${message.status}|${message.reason}`,
        headers: message.headers,
        body: `${message.body}`,
        deviations: ids(deviations),
      };
    }
  }
};

interface Case {
  readonly name: string;
  readonly wire: string;
  readonly events: readonly unknown[];
  /** the bytes are what we would write ourselves */
  readonly canonical?: true;
}

const ok = (more: { headers?: readonly (readonly [string, string])[]; body?: string; deviations?: readonly string[]; line?: string } = {}) => ({
  line: 'RTSP/1.0|200|OK',
  headers: [['CSeq', '2']],
  body: '',
  deviations: [],
  ...more,
});

const CASES: readonly Case[] = [
  { name: 'a response', wire: 'RTSP/1.0 200 OK\r\nCSeq: 2\r\n\r\n', events: [ok()], canonical: true },
  {
    name: 'order and spelling of headers',
    wire: 'RTSP/1.0 200 OK\r\ncontent-length: 3\r\nCseq: 2\r\nx-Odd_1: a: b\r\n\r\nabc',
    events: [
      ok({
        headers: [
          ['content-length', '3'],
          ['Cseq', '2'],
          ['x-Odd_1', 'a: b'],
        ],
        body: 'abc',
      }),
    ],
    canonical: true,
  },
  { name: 'no blank after the colon, blanks behind the value', wire: 'RTSP/1.0 200 OK\r\nCSeq:2 \r\n\r\n', events: [ok()] },
  {
    name: 'a request of the server',
    wire: 'OPTIONS rtsp://h/$a RTSP/1.0\r\nCSeq: 9\r\n\r\n',
    events: [{ line: 'OPTIONS rtsp://h/$a RTSP/1.0', headers: [['CSeq', '9']], body: '', deviations: [] }],
    canonical: true,
  },
  {
    name: 'frames around responses, one with text that looks like a response, one empty',
    wire: '$\0\0\x05RTSP/RTSP/1.0 200 OK\r\nCSeq: 2\r\n\r\n$\x01\0\x02\r\n$\xff\0\0RTSP/1.0 200 OK\r\nCSeq: 2\r\n\r\n',
    events: ['frame 0 RTSP/', ok(), 'frame 1 \r\n', 'frame 255 ', ok()],
    canonical: true,
  },
  { name: 'an empty reason phrase', wire: 'RTSP/1.0 200 \r\nCSeq: 2\r\n\r\n', events: [ok({ line: 'RTSP/1.0|200|' })], canonical: true },
  {
    name: 'a status line without reason',
    wire: 'RTSP/1.0 200\r\nCSeq: 2\r\n\r\n',
    events: [ok({ line: 'RTSP/1.0|200|', deviations: ['missing-reason'] })],
  },
  {
    name: 'a loose status line',
    wire: 'RTSP/1.0  200 OK\r\nCSeq: 2\r\n\r\n',
    events: [ok({ deviations: ['bad-status-line'] })],
  },
  {
    name: 'another version',
    wire: 'RTSP/2.0 505 No\r\nCSeq: 2\r\n\r\n',
    events: [ok({ line: 'RTSP/2.0|505|No', deviations: ['wrong-version'] })],
    canonical: true,
  },
  { name: 'bare line feeds', wire: 'RTSP/1.0 200 OK\nCSeq: 2\n\n', events: [ok({ deviations: ['bare-lf'] })] },
  {
    name: 'a folded header',
    wire: 'RTSP/1.0 401 No\r\nWWW-Authenticate: Digest realm="a",\r\n\tnonce="b"\r\n\r\n',
    events: [ok({ line: 'RTSP/1.0|401|No', headers: [['WWW-Authenticate', 'Digest realm="a", nonce="b"']], deviations: ['folded-header'] })],
  },
  {
    name: 'a header without a name',
    wire: 'RTSP/1.0 200 OK\r\nTue 12 Jun 2012\r\n: empty\r\nCSeq: 2\r\n\r\n',
    events: [ok({ deviations: ['header-without-name'] })],
  },
  { name: 'a blank before the colon', wire: 'RTSP/1.0 200 OK\r\nCSeq : 2\r\n\r\n', events: [ok({ deviations: ['space-before-colon'] })] },
  {
    name: 'a length that is no number',
    wire: 'RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\nRTSP/1.0 200 OK\r\nCSeq: 2\r\n\r\n',
    events: [ok({ headers: [['Content-Length', '-1']], deviations: ['bad-content-length'] }), ok()],
  },
  {
    name: 'a length with a plus',
    wire: 'RTSP/1.0 200 OK\r\nContent-Length: +2\r\n\r\nab',
    events: [ok({ headers: [['Content-Length', '+2']], body: 'ab', deviations: ['bad-content-length'] })],
  },
  {
    name: 'two lengths',
    wire: 'RTSP/1.0 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nab',
    events: [
      ok({
        headers: [
          ['Content-Length', '2'],
          ['Content-Length', '3'],
        ],
        body: 'ab',
        deviations: ['two-lengths'],
      }),
    ],
  },
  {
    name: 'the length as the document prints it',
    wire: 'RTSP/1.0 200 OK\r\nContext-length: 2\r\n\r\nab',
    events: [ok({ headers: [['Context-length', '2']], body: 'ab', deviations: ['context-header'] })],
  },
  {
    name: 'a body longer than its length, with and without line ends',
    wire: 'RTSP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nab\r\ncd\r\neRTSP/1.0 200 OK\r\nCSeq: 2\r\n\r\n',
    events: [ok({ headers: [['Content-Length', '2']], body: 'ab' }), 'stray blank-line', 'stray length-mismatch', 'stray length-mismatch', ok()],
  },
  {
    name: 'rubbish before a frame',
    wire: 'RTSP/1.0 200 OK\r\nCSeq: 2\r\n\r\n\x01\x02$\0\0\x01a',
    events: [ok(), 'stray stray-bytes', 'frame 0 a'],
  },
  {
    name: 'a description without length, ended by the next response',
    wire: 'RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=a$b\r\nRTSP/1.0 200 OK\r\nCSeq: 2\r\n\r\n',
    events: [ok({ headers: [['Content-Type', 'application/sdp']], body: 'v=0\r\ns=a$b\r\n', deviations: ['missing-length'] }), ok()],
  },
  {
    name: 'a description without length, ended by a frame',
    wire: 'RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n$\0\0\x01a',
    events: [ok({ headers: [['Content-Type', 'application/sdp']], body: 'v=0\r\n', deviations: ['missing-length'] }), 'frame 0 a'],
  },
  { name: 'a web server', wire: 'HTTP/1.1 400 Bad Request\r\n\r\n', events: ['fault not-rtsp'] },
  { name: 'another server', wire: 'SSH-2.0-dropbear\r\n', events: ['fault not-rtsp'] },
  { name: 'a start line that is too long', wire: `RTSP/1.0 200 ${'a'.repeat(LIMITS.startLine)}\r\n\r\n`, events: ['fault too-large'] },
  { name: 'a header line that is too long', wire: `RTSP/1.0 200 OK\r\nA: ${'a'.repeat(LIMITS.headerLine)}\r\n\r\n`, events: ['fault too-large'] },
  { name: 'too many header lines', wire: `RTSP/1.0 200 OK\r\n${'A:b\r\n'.repeat(LIMITS.headerLines + 1)}\r\n`, events: ['fault too-large'] },
  { name: 'a body that is too long', wire: `RTSP/1.0 200 OK\r\nContent-Length: ${LIMITS.body + 1}\r\n\r\n`, events: ['fault too-large'] },
];

const bytesOf = (wire: string): Buffer => Buffer.from(wire, 'latin1');

describe.each(CASES)('$name', ({ wire, events }) => {
  const bytes = bytesOf(wire);

  it('is read whole', () => {
    expect(createReader().push(bytes).map(short)).toEqual(events);
  });

  it('is read the same split at every point', () => {
    // Of the long ones the ends only: what is between is all the same.
    const points = Array.from({ length: bytes.length - 1 }, (_, index) => index + 1).filter((at) => at < 600 || at > bytes.length - 100);
    for (const at of points) {
      const reader = createReader();
      const seen = [...reader.push(bytes.subarray(0, at)), ...reader.push(bytes.subarray(at))];
      expect(seen.map(short), `split at ${at}`).toEqual(events);
    }
  });

  it('is read the same byte by byte', () => {
    const reader = createReader();
    expect([...bytes].flatMap((byte) => reader.push(Buffer.from([byte]))).map(short)).toEqual(events);
  });
});

describe.each(CASES.filter(({ canonical }) => canonical))('$name', ({ wire }) => {
  it('is written as it was read', () => {
    const written = createReader()
      .push(bytesOf(wire))
      .map((event) =>
        event.kind === 'frame' ? formatFrame(event) : formatMessage((event as { received: { message: RtspMessage } }).received.message),
      );
    expect(Buffer.concat(written).toString('latin1')).toBe(wire);
  });
});

it('keeps the head as it came', () => {
  const head = 'RTSP/1.0 200 OK\nCSeq :2\r\n folded\r\n\r\n';
  const [event] = createReader().push(bytesOf(head));
  expect(event?.kind === 'response' && event.received.head).toBe(head);
});

it('gives up a body that is shorter than its length, and reads on', () => {
  const reader = createReader();
  expect(reader.push(bytesOf('RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 9\r\n\r\nabc'))).toEqual([]);
  const headers = [
    ['CSeq', '2'],
    ['Content-Length', '9'],
  ] as const;
  expect(reader.giveUpBody().map(short)).toEqual([ok({ headers, body: 'abc', deviations: ['length-mismatch'] })]);
  expect(reader.push(bytesOf('RTSP/1.0 200 OK\r\nCSeq: 2\r\n\r\n')).map(short)).toEqual([ok()]);
});

it('gives up a body without length', () => {
  const reader = createReader();
  reader.push(bytesOf('RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nm='));
  expect(reader.isMeasureless()).toBe(true);
  const headers = [['Content-Type', 'application/sdp']] as const;
  expect(reader.giveUpBody().map(short)).toEqual([ok({ headers, body: 'v=0\r\nm=', deviations: ['missing-length'] })]);
  expect(reader.giveUpBody()).toEqual([]);
});

it('ends after too much that belongs to no message', () => {
  const reader = createReader({ ...LIMITS, stray: 10 });
  const events = reader.push(bytesOf('RTSP/1.0 200 OK\r\n\r\nrubbish 1\r\nrubbish 2\r\n'));
  expect(events.at(-1)).toMatchObject({ kind: 'fault', reason: 'not-rtsp' });
  expect(reader.push(bytesOf('RTSP/1.0 200 OK\r\n\r\n'))).toEqual([]);
});

it('never throws, whatever comes', () => {
  let seed = 1;
  const next = (): number => {
    seed = (seed * 48_271) % 0x7fff_ffff;
    return seed;
  };
  const pieces = CASES.filter(({ wire }) => wire.length < 300).map(({ wire }) => bytesOf(wire));
  for (let round = 0; round < 300; round += 1) {
    const reader = createReader();
    for (let index = 0; index < 6; index += 1) {
      const piece = Buffer.from(pieces[next() % pieces.length] as Buffer);
      piece[next() % piece.length] = next() & 0xff;
      reader.push(piece.subarray(0, 1 + (next() % piece.length)));
    }
    reader.giveUpBody();
  }
});
