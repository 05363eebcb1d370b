/**
 * Whatever a camera sends, what reads it throws only what it says, ends, and reads the same however the bytes are cut; what is
 * written is read back. Each reader by itself has tests of its own beside it: these search for what nobody thought of.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRequestReader } from '../emulator/stream/request-reader.ts';
import { createReplyReader } from '../http/http-reply-reader.ts';
import { decodeBody } from '../http/json-body.ts';
import { parseAudioSpecificConfig, parseAuPayload } from '../media/aac.ts';
import { BitstreamError } from '../media/bit-reader.ts';
import { h264Stream, h265Stream } from '../media/captured-streams.fixture.ts';
import { deviationLog } from '../media/deviation-log.ts';
import { depacketiseH264 } from '../media/h264.ts';
import { parseH264Sps } from '../media/h264-sps.ts';
import { depacketiseH265 } from '../media/h265.ts';
import { parseH265Sps } from '../media/h265-sps.ts';
import { countJpegRows } from '../media/jpeg-rows.ts';
import { walkJpeg } from '../media/jpeg-structure.ts';
import { formatRtp, parseRtp } from '../media/rtp.ts';
import { parseSdp } from '../media/sdp.ts';
import { formatAuthorization, parseAuthorization } from '../rtsp/headers/authorization.ts';
import { formatCSeq, parseCSeq } from '../rtsp/headers/cseq.ts';
import { formatPublic, parsePublic } from '../rtsp/headers/public.ts';
import { formatRange, parseRange } from '../rtsp/headers/range.ts';
import { formatRtpInfo, parseRtpInfo } from '../rtsp/headers/rtp-info.ts';
import { formatSession, parseSession } from '../rtsp/headers/session.ts';
import { formatTransport, parseTransport, transport } from '../rtsp/headers/transport.ts';
import { formatWwwAuthenticate, parseWwwAuthenticate } from '../rtsp/headers/www-authenticate.ts';
import { formatFrame, formatMessage } from '../rtsp/messages.ts';
import { createReader } from '../rtsp/reader.ts';
import { parseRtspUrl } from '../rtsp/rtsp-url.ts';
import { parseSdpOutline } from '../rtsp/sdp-outline.ts';
import { cuts, mutated, split } from './mutated.fixture.ts';

const SEED = 20260103;
const RUNS = { numRuns: 150, seed: SEED };

const HTTP = [
  'HTTP/1.1 200 OK\r\nDate: Sun Dec 2 02:39:43 2001\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n5\r\n{"a":\r\n2;x=y\r\n1}\r\n0\r\nT: 1\r\n\r\n',
  'HTTP/1.0 200 OK\r\nContent-Length: 12\r\nContent-Type: image/jpeg\r\n\r\nerror json\r\n',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\nContent-Length: 2, 2\nX: 1\n folded\n\nok',
  'HTTP/1.1 200 OK\r\n\r\n{"code":0,"code":1,"\\ud800":[[1e400]]}',
];
const RTSP = [
  'RTSP/1.0 200 OK\r\nCSeq: 2\r\nPublic: OPTIONS, DESCRIBE\r\n\r\n',
  'RTSP/1.0 200 OK\r\nCSeq: 3\r\nContent-Type: application/sdp\r\nContent-Length: 10\r\n\r\nv=0\r\ns=x\r\n$\u0000\u0000\u0004abcd',
  'RTSP/1.0 401 Unauthorized\r\nCSeq: 4\r\nWWW-Authenticate: Digest realm="a b", nonce="c"\r\n folded\r\n\r\n$\u0001\u0000\u0002xyRTSP/1.0 200 OK\r\n\r\n',
  'OPTIONS rtsp://x/stream_0 RTSP/1.0\r\nCSeq: 1\r\nSession: 12345678;timeout=60\r\n\r\n',
];
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080010001001011100ffda0008010100003f00a1ff00b2ffd3c4ffd9', 'hex');
const CONFIGS = ['1190', '1588', '2b8a0800', 'f8e85000'].map((hex) => Buffer.from(hex, 'hex'));
/** Parameter sets as the first packets of the streams carry them, behind the header of their packet. */
const [H264_SETS, H265_SETS] = [h264Stream, h265Stream].map(({ packets }) => (packets[0] as Uint8Array).subarray(15)) as [Uint8Array, Uint8Array];

/** Only a `BitstreamError` may be thrown, and it is a sentence. */
const refusesInASentence = (parse: (bytes: Uint8Array) => unknown) => (bytes: Uint8Array) => {
  try {
    parse(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(BitstreamError);
    expect((error as Error).message).toMatch(/\.$/);
  }
};

const READERS: readonly (readonly [name: string, originals: readonly (Uint8Array | string)[], read: (bytes: Buffer) => unknown])[] = [
  ['decodeBody', HTTP, (bytes) => decodeBody(bytes, '')],
  ['parseSdp', [h264Stream.sdp, h265Stream.sdp], parseSdp],
  ['parseSdpOutline', [h264Stream.sdp], (bytes) => parseSdpOutline(bytes.toString('latin1'))],
  ['parseRtp', h264Stream.packets, parseRtp],
  ['walkJpeg', [JPEG], walkJpeg],
  ['countJpegRows', [JPEG], countJpegRows],
  ['parseH264Sps', [H264_SETS], refusesInASentence(parseH264Sps)],
  ['parseH265Sps', [H265_SETS], refusesInASentence(parseH265Sps)],
  ['parseAudioSpecificConfig', CONFIGS, refusesInASentence(parseAudioSpecificConfig)],
  ['parseAuPayload', ['\u0000\u0010\u0000\u0020abcd'], (bytes) => parseAuPayload(bytes, { sizeLength: 13, indexLength: 3, indexDeltaLength: 3 })],
  ['parseRtspUrl', ['rtsp://user:pw@[::1]:8554/stream_0?a=b'], (bytes) => parseRtspUrl(bytes.toString('latin1'))],
  [
    'parseTransport',
    ['RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=0A0B0C0D;mode="play",RTP/AVP;client_port=5000-5001'],
    (bytes) => parseTransport(bytes.toString('latin1')),
  ],
  [
    'parseWwwAuthenticate',
    ['Digest realm="a\\"b", nonce=c, stale="FALSE", Basic realm="x"'],
    (bytes) => parseWwwAuthenticate(bytes.toString('latin1')),
  ],
  [
    'parseAuthorization',
    ['Digest username="a", uri="rtsp://x/", response="0"', 'Basic YTpi'],
    (bytes) => parseAuthorization(bytes.toString('latin1')),
  ],
  ['parseRtpInfo', ['url=rtsp://x/a;seq=1;rtptime=2,url=b;seq=99999'], (bytes) => parseRtpInfo(bytes.toString('latin1'))],
  ['parseRange', ['npt=0.000-', 'npt=1:02:03.5-now', 'clock=19961108T142300Z-'], (bytes) => parseRange(bytes.toString('latin1'))],
  ['parseSession', ['12345678;timeout=60'], (bytes) => parseSession(bytes.toString('latin1'))],
  ['parsePublic', ['OPTIONS, DESCRIBE'], (bytes) => parsePublic(bytes.toString('latin1'))],
  ['parseCSeq', ['12'], (bytes) => parseCSeq(bytes.toString('latin1'))],
];

describe(`seed ${SEED}`, () => {
  test.each(READERS)('%s throws nothing that it does not announce', (_, originals, read) => {
    fc.assert(
      fc.property(mutated(originals), (bytes) => void read(bytes)),
      RUNS,
    );
  });

  test.each([
    ['H.264', h264Stream, depacketiseH264],
    ['H.265', h265Stream, depacketiseH265],
  ] as const)('damaged packets of %s come apart all the same', (_, { packets }, depacketise) => {
    fc.assert(
      fc.property(fc.array(mutated(packets), { maxLength: 8 }), (damaged) => {
        const read = damaged.map(parseRtp).filter((packet) => packet !== null);
        const { accessUnits } = depacketise(read, deviationLog());
        const received = damaged.reduce((sum, { length }) => sum + length, 0);
        const kept = accessUnits.flatMap(({ nals }) => nals).reduce((sum, nal) => sum + nal.length, 0);
        expect(kept).toBeLessThanOrEqual(received);
      }),
      RUNS,
    );
  });

  test('a reply over HTTP is read the same however it is cut, and keeps no more than it may', () => {
    const LIMIT = 300;
    fc.assert(
      fc.property(mutated(HTTP), cuts, (bytes, places) => {
        const read = (pieces: readonly Buffer[]): unknown => {
          const reader = createReplyReader(LIMIT);
          for (const piece of pieces) reader.push(piece);
          const state = reader.end();
          const reply = reader.reply();
          if (state !== 'too-large') expect(reply?.body.length ?? 0).toBeLessThanOrEqual(LIMIT);
          return {
            state,
            head: reply?.head.headers,
            body: state === 'too-large' ? null : reply?.body.toString('hex'),
            deviations: reply?.deviations.map(({ id }) => id).sort(),
          };
        };
        expect(read(split(bytes, places))).toEqual(read([bytes]));
      }),
      RUNS,
    );
  });

  test('what comes over RTSP is read the same however it is cut', () => {
    fc.assert(
      fc.property(mutated(RTSP), cuts, (bytes, places) => {
        const read = (pieces: readonly Buffer[]): unknown => {
          const reader = createReader();
          return [...pieces.flatMap((piece) => [...reader.push(piece)]), ...reader.giveUpBody()].filter(({ kind }) => kind !== 'stray');
        };
        expect(read(split(bytes, places))).toEqual(read([bytes]));
      }),
      RUNS,
    );
  });

  test('requests to the emulator are read the same however they are cut', () => {
    fc.assert(
      fc.property(mutated(RTSP), cuts, (bytes, places) => {
        const read = (pieces: readonly Buffer[]): unknown => {
          const events: unknown[] = [];
          const reader = createRequestReader({
            request: ({ method, uri, headers }) => events.push([method, uri, [...headers]]),
            frame: (channel, packet) => events.push([channel, Buffer.from(packet).toString('hex')]),
            fault: (cseq) => events.push(['fault', cseq]),
          });
          for (const piece of pieces) reader(piece);
          return events;
        };
        expect(read(split(bytes, places))).toEqual(read([bytes]));
      }),
      RUNS,
    );
  });
});

const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,11}$/);
const text = fc.stringMatching(/^[ -~]{0,20}$/);
const pair = fc.option(fc.record({ first: fc.nat(255), second: fc.option(fc.nat(255)) }));

describe(`what is written is read back (seed ${SEED})`, () => {
  const PAIRS = {
    cseq: [fc.nat(2 ** 31 - 1), (value: number) => parseCSeq(formatCSeq(value)).value],
    public: [
      fc.array(fc.stringMatching(/^[A-Z_]{3,12}$/), { minLength: 1, maxLength: 8 }),
      (value: readonly string[]) => parsePublic(formatPublic(value)).value,
    ],
    range: [
      fc.record({
        unit: fc.constant('npt' as const),
        start: fc.oneof(
          fc.constant('now' as const),
          fc.nat(100_000).map((ms) => ms / 1000),
        ),
        end: fc.option(fc.nat(100_000).map((ms) => ms / 1000)),
      }),
      (value: Parameters<typeof formatRange>[0]) => parseRange(formatRange(value)).value,
    ],
    'rtp-info': [
      fc.array(
        fc.record({ url: fc.stringMatching(/^rtsp:\/\/[a-z0-9./]{1,20}$/), seq: fc.option(fc.nat(0xffff)), rtptime: fc.option(fc.nat(0xffff_ffff)) }),
        { minLength: 1, maxLength: 3 },
      ),
      (value: Parameters<typeof formatRtpInfo>[0]) => parseRtpInfo(formatRtpInfo(value)).value,
    ],
    session: [
      fc.record({ id: fc.stringMatching(/^[A-Za-z0-9]{8,20}$/), timeout: fc.option(fc.integer({ min: 1, max: 99_999 })) }),
      (value: Parameters<typeof formatSession>[0]) => parseSession(formatSession(value)).value,
    ],
    transport: [
      fc
        .record({
          delivery: fc.constantFrom('unicast' as const, 'multicast' as const, null),
          clientPort: pair,
          serverPort: pair,
          interleaved: pair,
          ssrc: fc.option(fc.nat(0xffff_ffff)),
        })
        .map((parameters) => [transport('RTP/AVP/TCP', parameters)]),
      (value: Parameters<typeof formatTransport>[0]) => parseTransport(formatTransport(value)).value,
    ],
    'www-authenticate': [
      fc.array(
        fc.record({
          scheme: fc.constantFrom('Digest', 'Basic'),
          parameters: fc.array(fc.tuple(fc.constantFrom('realm', 'nonce', 'opaque', 'x-own'), text), { minLength: 1, maxLength: 4 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      (value: Parameters<typeof formatWwwAuthenticate>[0]) => parseWwwAuthenticate(formatWwwAuthenticate(value)).value,
    ],
    'basic authorization': [
      fc.record({ scheme: fc.constant('basic' as const), user: token, password: fc.string({ unit: 'grapheme' }) }),
      (value: Parameters<typeof formatAuthorization>[0]) => parseAuthorization(formatAuthorization(value)).value,
    ],
    rtp: [
      fc.record({
        marker: fc.boolean(),
        payloadType: fc.nat(127),
        sequenceNumber: fc.nat(0xffff),
        timestamp: fc.nat(0xffff_ffff),
        ssrc: fc.nat(0xffff_ffff),
        payload: fc.uint8Array({ maxLength: 50 }),
      }),
      (value: Parameters<typeof formatRtp>[0]) => {
        const { marker, payloadType, sequenceNumber, timestamp, ssrc, payload } = parseRtp(formatRtp(value)) ?? { payload: [] };
        return { marker, payloadType, sequenceNumber, timestamp, ssrc, payload: Uint8Array.from(payload) };
      },
    ],
  } as const;

  test.each(Object.entries(PAIRS))('%s', (_, [values, there]) => {
    fc.assert(
      fc.property(values as fc.Arbitrary<never>, (value) => {
        expect((there as (value: never) => unknown)(value)).toEqual(value);
      }),
      RUNS,
    );
  });

  test('messages and frames, one behind the other', () => {
    const headers = fc.array(fc.tuple(fc.stringMatching(/^X-[a-z]{1,8}$/), fc.stringMatching(/^([!-~]([ -~]{0,10}[!-~])?)?$/)), { maxLength: 4 });
    const message = fc.record({
      kind: fc.constant('response' as const),
      version: fc.constant('RTSP/1.0'),
      status: fc.integer({ min: 200, max: 599 }),
      reason: token,
      headers,
      body: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    });
    const frame = fc.record({
      kind: fc.constant('frame' as const),
      channel: fc.nat(255),
      payload: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(message, frame), { maxLength: 5 }), cuts, (sent, places) => {
        const whole = sent.map((each) =>
          each.kind === 'frame' ? each : { ...each, headers: [...each.headers, ['Content-Length', String(each.body.length)] as const] },
        );
        const bytes = Buffer.concat(whole.map((each) => (each.kind === 'frame' ? formatFrame(each) : formatMessage(each))));
        const reader = createReader();
        const read = split(bytes, places).flatMap((piece) => [...reader.push(piece)]);
        const came = read.map((event) => (event.kind === 'response' ? event.received.message : event));
        expect(came).toEqual(whole);
      }),
      RUNS,
    );
  });
});
