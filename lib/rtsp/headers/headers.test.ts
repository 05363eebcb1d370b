import { describe, expect, it } from 'vitest';
import { MASK } from '../../wire/redact.ts';
import { formatAuthorization, parseAuthorization, showAuthorization } from './authorization.ts';
import { formatContentBase, parseContentBase } from './content-base.ts';
import { formatCSeq, parseCSeq } from './cseq.ts';
import type { Parsed } from './parsed.ts';
import { formatPublic, parsePublic } from './public.ts';
import { formatRange, parseRange } from './range.ts';
import { formatRtpInfo, parseRtpInfo } from './rtp-info.ts';
import { formatSession, parseSession } from './session.ts';
import { formatTransport, parseTransport, transport } from './transport.ts';
import { formatWwwAuthenticate, parseWwwAuthenticate } from './www-authenticate.ts';

interface Case<T> {
  readonly text: string;
  readonly value: T;
  readonly ids?: readonly string[];
  /** how we would write it, where that differs; null: it cannot be written */
  readonly written?: string | null;
}

/** One table of cases drives reading, writing, and reading again what was written. */
const table = <T>(
  name: string,
  parse: (text: string) => Parsed<T>,
  format: ((value: NonNullable<T>) => string) | null,
  cases: readonly Case<T>[],
): void => {
  describe(name, () => {
    it.each(cases)('$text', ({ text, value, ids = [], written = text }) => {
      const parsed = parse(text);
      expect(parsed.value).toEqual(value);
      expect(parsed.deviations.map(({ id }) => id)).toEqual(ids);
      if (written === null || format === null || value === null) return;
      expect(format(value as NonNullable<T>)).toBe(written);
      expect(parse(written)).toEqual({ value, deviations: [] });
    });
  });
};

table('CSeq', parseCSeq, formatCSeq, [
  { text: '7', value: 7 },
  { text: ' 7 ', value: 7, written: '7' },
  { text: '7 x', value: 7, ids: ['bad-cseq'], written: '7' },
  { text: 'x', value: null, ids: ['bad-cseq'] },
  { text: '', value: null, ids: ['bad-cseq'] },
]);

table('Session', parseSession, formatSession, [
  { text: '8962035351000806693', value: { id: '8962035351000806693', timeout: null } },
  { text: '12345678;timeout=60', value: { id: '12345678', timeout: 60 } },
  { text: '       708345999 ; timeout=60', value: { id: '708345999', timeout: 60 }, written: '708345999;timeout=60' },
  { text: '231970', value: { id: '231970', timeout: null }, ids: ['short-session-id'], written: null },
  { text: '12345678;timeout=abc', value: { id: '12345678', timeout: null }, ids: ['bad-timeout'], written: '12345678' },
  { text: '1234 5678', value: { id: '1234 5678', timeout: null }, ids: ['bad-session-id'], written: null },
  { text: '', value: { id: '', timeout: null }, ids: ['empty-session-id'], written: null },
]);

table('Public', parsePublic, formatPublic, [
  { text: 'OPTIONS, DESCRIBE', value: ['OPTIONS', 'DESCRIBE'] },
  { text: 'OPTIONS,DESCRIBE,', value: ['OPTIONS', 'DESCRIBE'], written: 'OPTIONS, DESCRIBE' },
  { text: 'PLAY, PAUSE\\r\\n', value: ['PLAY', 'PAUSE'], written: 'PLAY, PAUSE' },
  { text: 'OPTIONS DESCRIBE', value: ['OPTIONS DESCRIBE'], ids: ['bad-method-name'], written: null },
]);

table('Range', parseRange, formatRange, [
  { text: 'npt=0.000-', value: { unit: 'npt', start: 0, end: null } },
  { text: 'npt=now-', value: { unit: 'npt', start: 'now', end: null } },
  { text: 'npt=0-7.5', value: { unit: 'npt', start: 0, end: 7.5 }, written: 'npt=0.000-7.500' },
  { text: 'npt=-20', value: { unit: 'npt', start: null, end: 20 }, written: 'npt=-20.000' },
  { text: 'npt=0:01:02.5-', value: { unit: 'npt', start: 62.5, end: null }, written: 'npt=62.500-' },
  { text: 'clock=19961108T143720.25Z-', value: { unit: 'other', text: 'clock=19961108T143720.25Z-' } },
  { text: 'npt=-', value: { unit: 'other', text: 'npt=-' }, ids: ['bad-range'], written: null },
]);

table('RTP-Info', parseRtpInfo, formatRtpInfo, [
  { text: 'url=rtsp://h/a,b/t1;seq=1;rtptime=4294967295', value: [{ url: 'rtsp://h/a,b/t1', seq: 1, rtptime: 4_294_967_295 }] },
  { text: 'url=rtsp://192.168.55.88/av0_1/trackID=1', value: [{ url: 'rtsp://192.168.55.88/av0_1/trackID=1', seq: null, rtptime: null }] },
  {
    text: 'url=a;seq=1;rtptime=2, url=b;seq=3;rtptime=4;',
    value: [
      { url: 'a', seq: 1, rtptime: 2 },
      { url: 'b', seq: 3, rtptime: 4 },
    ],
    written: 'url=a;seq=1;rtptime=2,url=b;seq=3;rtptime=4',
  },
  { text: 'url=a;seq=65536;rtptime=-1', value: [{ url: 'a', seq: null, rtptime: null }], ids: ['bad-seq', 'bad-rtptime'], written: 'url=a' },
  { text: 'seq=1', value: [{ url: '', seq: 1, rtptime: null }], ids: ['missing-url'], written: null },
]);

const avp = (parameters: Parameters<typeof transport>[1], protocol = 'RTP/AVP') => transport(protocol, { delivery: 'unicast', ...parameters });

table('Transport', parseTransport, formatTransport, [
  { text: 'RTP/AVP;unicast;client_port=2568-2569', value: [avp({ clientPort: { first: 2568, second: 2569 } })] },
  {
    text: 'RTP/AVP;unicast;client_port=2568-2569;source=192.168.55.88;server_port=8018-8019;ssrc=4f08d90f',
    value: [
      avp({
        clientPort: { first: 2568, second: 2569 },
        source: '192.168.55.88',
        serverPort: { first: 8018, second: 8019 },
        ssrc: 0x4f08_d90f,
      }),
    ],
  },
  {
    text: 'RTP/AVP/TCP;unicast;interleaved=0-1,RTP/AVP;multicast;port=5000-5001;ttl=127',
    value: [
      avp({ interleaved: { first: 0, second: 1 } }, 'RTP/AVP/TCP'),
      transport('RTP/AVP', { delivery: 'multicast', port: { first: 5000, second: 5001 }, others: [['ttl', '127']] }),
    ],
  },
  { text: 'RTP/AVP/TCP;interleaved=0', value: [transport('RTP/AVP/TCP', { interleaved: { first: 0, second: null } })] },
  {
    text: 'RTP/AVP;unicast;mode="PLAY";append',
    value: [
      avp({
        others: [
          ['mode', '"PLAY"'],
          ['append', null],
        ],
      }),
    ],
  },
  { text: 'RTP/AVP; Unicast; SSRC=0000000A;', value: [avp({ ssrc: 10 })], written: 'RTP/AVP;unicast;ssrc=0000000a' },
  { text: 'RTP/AVP;ssrc=a', value: [transport('RTP/AVP', { ssrc: 10 })], ids: ['bad-ssrc'], written: 'RTP/AVP;ssrc=0000000a' },
  { text: 'RTP/AVP;ssrc=1325964559', value: [transport('RTP/AVP')], ids: ['bad-ssrc'], written: 'RTP/AVP' },
  { text: 'RTP/AVP;server_port=99999', value: [transport('RTP/AVP')], ids: ['bad-port'], written: 'RTP/AVP' },
  { text: 'UDP', value: [transport('UDP')], ids: ['unknown-protocol'], written: null },
  { text: '', value: [], ids: ['empty-transport'], written: null },
]);

table('Content-Base', parseContentBase, formatContentBase, [
  { text: 'rtsp://192.168.55.88/av0_0', value: 'rtsp://192.168.55.88/av0_0' },
  { text: 'rtsp://h:554/a?b=c/', value: 'rtsp://h:554/a?b=c/' },
  { text: 'rtsp://[fe80::1]:554/', value: 'rtsp://[fe80::1]:554/' },
  { text: 'rtsp://rtsp://h/a/', value: 'rtsp://h/a/', ids: ['bad-content-base'], written: 'rtsp://h/a/' },
  { text: 'rtsp://fe80::1:554/', value: null, ids: ['bad-content-base'] },
  { text: '/stream_0/', value: null, ids: ['bad-content-base'] },
  { text: 'h:554/a', value: null, ids: ['bad-content-base'] },
  { text: '', value: null, ids: ['bad-content-base'] },
]);

table('WWW-Authenticate', parseWwwAuthenticate, formatWwwAuthenticate, [
  { text: 'Basic realm="a, \\"b\\""', value: [{ scheme: 'Basic', parameters: [['realm', 'a, "b"']] }] },
  {
    text: 'Digest realm="a", nonce="b=", stale=FALSE, algorithm=MD5',
    value: [
      {
        scheme: 'Digest',
        parameters: [
          ['realm', 'a'],
          ['nonce', 'b='],
          ['stale', 'FALSE'],
          ['algorithm', 'MD5'],
        ],
      },
    ],
  },
  {
    text: 'Digest realm="a", nonce="b", Basic realm="c"',
    value: [
      {
        scheme: 'Digest',
        parameters: [
          ['realm', 'a'],
          ['nonce', 'b'],
        ],
      },
      { scheme: 'Basic', parameters: [['realm', 'c']] },
    ],
  },
  {
    text: 'Negotiate, Basic realm="c"',
    value: [
      { scheme: 'Negotiate', parameters: [] },
      { scheme: 'Basic', parameters: [['realm', 'c']] },
    ],
  },
  {
    text: 'Digest Realm="a",nonce="b",stale="FALSE"',
    value: [
      {
        scheme: 'Digest',
        parameters: [
          ['realm', 'a'],
          ['nonce', 'b'],
          ['stale', 'FALSE'],
        ],
      },
    ],
    ids: ['quoted-parameter'],
    written: 'Digest realm="a", nonce="b", stale=FALSE',
  },
  {
    text: 'Digest realm=a b, nonce="b"',
    value: [
      {
        scheme: 'Digest',
        parameters: [
          ['realm', 'a b'],
          ['nonce', 'b'],
        ],
      },
    ],
    ids: ['unquoted-parameter'],
    written: 'Digest realm="a b", nonce="b"',
  },
  { text: 'Digest realm="a"', value: [{ scheme: 'Digest', parameters: [['realm', 'a']] }], ids: ['missing-nonce'], written: null },
  { text: 'realm="a"', value: [], ids: ['challenge-without-scheme'], written: null },
  { text: 'Basic', value: [{ scheme: 'Basic', parameters: [] }], ids: ['missing-realm'], written: null },
  { text: '', value: [], ids: ['bad-challenge'], written: null },
]);

table('Authorization', parseAuthorization, formatAuthorization, [
  { text: 'Basic YWRtaW46MTpi', value: { scheme: 'basic', user: 'admin', password: '1:b' } },
  {
    text: 'Digest username="admin", response="0123", qop=auth, nc=00000001',
    value: {
      scheme: 'digest',
      parameters: [
        ['username', 'admin'],
        ['response', '0123'],
        ['qop', 'auth'],
        ['nc', '00000001'],
      ],
    },
  },
  { text: 'Basic !', value: null, ids: ['bad-authorization'] },
  { text: 'Bearer x', value: null, ids: ['bad-authorization'] },
]);

it('shows credentials without what is secret', () => {
  expect(showAuthorization({ scheme: 'basic', user: 'admin', password: 'secret' })).toBe(`Basic ${MASK}`);
  expect(
    showAuthorization({
      scheme: 'digest',
      parameters: [
        ['username', 'a'],
        ['response', 'f00'],
      ],
    }),
  ).toBe(`Digest username="a", response="${MASK}"`);
});
