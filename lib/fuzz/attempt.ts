/**
 * What is tried on a camera, as data: legal settings, values that the document rules out, requests that are none. Generated without
 * knowing the camera; what depends on its state (links, conditions, what it offers) is settled when the attempt is made.
 */
import type { ListType, Row, WeekType } from '../document/notation.ts';
import { isSettable } from '../document/row-value.ts';
import { type Arbitrary, fc } from './fast-check.ts';
import { illegalValue, ODD_TEXT } from './illegal-values.ts';
import { legalValue } from './legal-values.ts';
import type { Target } from './targets.ts';

type Values = Readonly<Record<string, unknown>>;

/** How a well-formed request is broken, so that it is JSON of an object no more. */
export type Break =
  /** only so much of it, from 0 to 1 */
  | { readonly kind: 'cut'; readonly share: number }
  | { readonly kind: 'followed'; readonly by: string }
  | { readonly kind: 'single-quotes' }
  | { readonly kind: 'in-a-list' }
  | { readonly kind: 'replaced'; readonly by: string };

export type Attempt =
  /** parameters of one set, which are then stored; a number for a linked parameter picks one of what is possible */
  | { readonly kind: 'legal'; readonly target: string; readonly values: Values }
  /** parameters with values that the document rules out, as JSON text; of a list, a member of one element */
  | { readonly kind: 'illegal'; readonly target: string; readonly values: Readonly<Record<string, string>>; readonly leaf: Leaf | null }
  /** texts that are allowed and hard to take, as JSON text */
  | { readonly kind: 'odd'; readonly target: string; readonly values: Readonly<Record<string, string>> }
  /** names that the document does not know, as JSON text */
  | { readonly kind: 'unknown-names'; readonly target: string; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'broken-json'; readonly target: string; readonly values: Values; readonly how: Break }
  | { readonly kind: 'wrong-login'; readonly target: string; readonly values: Values; readonly user: string; readonly pwd: string }
  | { readonly kind: 'unknown-action'; readonly action: string; readonly json: string | null }
  /** a raw query behind `?` of a get, one character a byte */
  | { readonly kind: 'query'; readonly query: string }
  /** bytes on the HTTP or the RTSP port, one character a byte */
  | { readonly kind: 'http'; readonly bytes: string }
  | { readonly kind: 'rtsp'; readonly bytes: string };

export interface Leaf {
  readonly list: string;
  readonly index: number;
  readonly name: string;
  readonly json: string;
}

export type AttemptKind = Attempt['kind'];

/** Those that leave a good camera as it is. */
export const HARMLESS_KINDS = [
  'illegal',
  'unknown-names',
  'broken-json',
  'wrong-login',
  'unknown-action',
  'query',
  'http',
  'rtsp',
] as const satisfies readonly AttemptKind[];
export const ALL_KINDS = ['legal', 'odd', ...HARMLESS_KINDS] as const satisfies readonly AttemptKind[];

type Of<Kind extends AttemptKind> = Extract<Attempt, { kind: Kind }>;

export const legalAttempt = (target: Target): Arbitrary<Of<'legal'>> =>
  someOf(target).map((values) => ({ kind: 'legal', target: target.name, values }));

/** Where most defects are. */
const WEIGHTS: Partial<Record<AttemptKind, number>> = { legal: 6, illegal: 4 };

/** Any attempt of these kinds. */
export function attempts(targets: readonly Target[], kinds: readonly AttemptKind[]): Arbitrary<Attempt> {
  const makers: Readonly<Record<AttemptKind, () => readonly Arbitrary<Attempt>[]>> = {
    legal: () => targets.map(legalAttempt),
    illegal: () => targets.flatMap(illegalAttempts),
    odd: () => targets.flatMap(oddAttempts),
    'unknown-names': () => targets.map(unknownNames),
    'broken-json': () =>
      targets.map((target) =>
        fc.record({ kind: fc.constant('broken-json' as const), target: fc.constant(target.name), values: someOf(target), how: BREAK }),
      ),
    'wrong-login': () => targets.map(wrongLogin),
    'unknown-action': () => [UNKNOWN_ACTION],
    query: () => [QUERY],
    http: () => [HTTP],
    rtsp: () => [RTSP],
  };
  const each = kinds.flatMap((kind) => {
    const made = makers[kind]();
    return made.length === 0 ? [] : [{ arbitrary: fc.oneof(...made), weight: WEIGHTS[kind] ?? 1 }];
  });
  return fc.oneof(...each);
}

/** One parameter to all of them. */
const someOf = ({ rows }: Target): Arbitrary<Values> =>
  fc.uniqueArray(fc.nat(rows.length - 1), { minLength: 1, maxLength: rows.length }).chain((indexes) => {
    const chosen = indexes.map((index) => rows[index] as Row);
    return fc.record(Object.fromEntries(chosen.map((row) => [row.name, valueFor(row)])));
  });

const valueFor = (row: Row): Arbitrary<unknown> => (row.link?.kind === 'pair' ? fc.nat(20) : legalValue(row.type));

function illegalAttempts(target: Target): readonly Arbitrary<Of<'illegal'>>[] {
  const base = { kind: 'illegal' as const, target: target.name };
  const single = target.rows.flatMap((row) => {
    const value = illegalValue(row.type);
    return value === null ? [] : [value.map((json) => ({ ...base, values: { [row.name]: json }, leaf: null }))];
  });
  const leaves = target.rows.flatMap(({ name: list, type }) =>
    type.kind !== 'list' && type.kind !== 'week'
      ? []
      : type.of.filter(isSettable).flatMap((leaf) => {
          const value = illegalValue(leaf.type);
          if (value === null) return [];
          return [
            fc
              .tuple(value, fc.nat(elementCount(type) - 1))
              .map(([json, index]) => ({ ...base, values: {}, leaf: { list, index, name: leaf.name, json } })),
          ];
        }),
  );
  return [...single, ...leaves];
}

const elementCount = (type: ListType | WeekType): number => (type.kind === 'week' ? type.days * type.periods : (type.judged ?? type.length ?? 1));

const oddAttempts = (target: Target): readonly Arbitrary<Of<'odd'>>[] =>
  target.rows
    .filter(({ type }) => type.kind === 'text' && type.format === 'free' && type.fixed === undefined)
    .map((row) => ODD_TEXT.map((json) => ({ kind: 'odd', target: target.name, values: { [row.name]: json } })));

/** The names are those that have hurt parsers and object stores. */
const unknownNames = (target: Target): Arbitrary<Of<'unknown-names'>> =>
  fc
    .tuple(
      fc.oneof(
        fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', ' ', '\u0000', 'code', 'action'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).map((text) => `conf_${text}`),
      ),
      fc.oneof(
        fc.constantFrom('1', '"a"', 'null', '{"admin":1}', '[1,2]'),
        fc.integer({ min: 1, max: 3000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
      ),
    )
    .map(([name, json]) => ({ kind: 'unknown-names', target: target.name, values: { [name]: json } }));

const BREAK: Arbitrary<Break> = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant('followed' as const), by: fc.constantFrom('}', ',', ']', ' x', '{}', '"', '\\', ':1') }),
  fc.constant({ kind: 'single-quotes' as const }),
  fc.constant({ kind: 'in-a-list' as const }),
  fc.record({
    kind: fc.constant('replaced' as const),
    by: fc.oneof(
      fc.constantFrom(
        '[]',
        'null',
        '5',
        '"text"',
        'true',
        'NaN',
        'undefined',
        '{,}',
        '{"a"}',
        '{"a":}',
        '{a:1}',
        "{'a':1}",
        '{"a":01}',
        '{"a":+1}',
        '{"a":.5}',
        '{"a":0x1}',
        '{"a":NaN}',
        '{"a":"\t"}',
        '}{',
        '\\',
      ),
      fc.integer({ min: 1, max: 3000 }).map((depth) => '{"a":'.repeat(depth)),
      fc.integer({ min: 1, max: 3000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
      fc.string({ unit: 'binary', maxLength: 100 }).filter((text) => !isObject(text)),
    ),
  }),
);

/** Whether a text is JSON of an object: a request that is no longer broken. */
export function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

const wrongLogin = (target: Target): Arbitrary<Of<'wrong-login'>> =>
  fc.record({
    kind: fc.constant('wrong-login' as const),
    target: fc.constant(target.name),
    values: someOf(target),
    user: fc.oneof(fc.constantFrom('', 'Admin', 'root', 'admin ', 'admin\u0000', "admin' or '1'='1", '*'), fc.string({ maxLength: 40 })),
    // What is no MD5 in hexadecimal can be nobody's password.
    pwd: fc.oneof(fc.constantFrom('', '0', 'null', 'd41d8cd98f00b204e9800998ecf8427', "' or '1'='1"), fc.string({ maxLength: 31 })),
  });

const UNKNOWN_ACTION: Arbitrary<Of<'unknown-action'>> = fc.record({
  kind: fc.constant('unknown-action' as const),
  action: fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '__proto__',
      'constructor',
      'toString',
      'valueOf',
      'hasOwnProperty',
      '../getSysConfig',
      'getSysConfig ',
      'getsysconfig',
      'setSysConfig\u0000',
      '%00',
      '*',
    ),
    fc.string({ unit: 'binary', maxLength: 60 }).map((text) => `conf${text}`),
    fc.integer({ min: 100, max: 4000 }).map((length) => 'x'.repeat(length)),
  ),
  json: fc.option(fc.constantFrom('{}', '{"a":1}', '', 'null'), { nil: null }),
});

const bytes = (maxLength: number): Arbitrary<string> => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array).toString('latin1'));

/** No blanks and line ends, which would end the request line, and nothing that could name another action. */
const inQuery = bytes(60).map((text) => text.replace(/[\s#&]/g, '%'));

const QUERY: Arbitrary<Of<'query'>> = fc.record({
  kind: fc.constant('query' as const),
  query: fc.oneof(
    inQuery,
    inQuery.map((text) => `action=getSysConfig&json=${text}`),
    fc.constantFrom(
      '&&&&',
      '====',
      '%',
      '%%%',
      '%zz=%zz',
      '%ff%fe=%c0%80',
      '?',
      'action=getSysConfig&action=',
      'action',
      'action=%00getSysConfig',
      'json=%7B',
    ),
    fc.integer({ min: 1000, max: 60_000 }).map((length) => `json=${'%7B'.repeat(length / 3)}`),
    fc.integer({ min: 100, max: 5000 }).map((count) => 'a=1&'.repeat(count)),
  ),
});

const HTTP: Arbitrary<Of<'http'>> = fc.record({
  kind: fc.constant('http' as const),
  bytes: fc.oneof(
    bytes(300),
    fc
      .tuple(
        fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'TRACE', 'DELETE', 'CONNECT', 'get', '', 'G\u0000T', 'RTSP'),
        fc.constantFrom(
          '/action/cgi_action?action=getSysConfig',
          '/',
          '*',
          '//',
          '/../../etc/passwd',
          '/%2e%2e/%00',
          'http://x/y',
          '',
          '/action/cgi_action',
          `/${'a'.repeat(5000)}`,
        ),
        fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/9.9', 'HTTP', '', 'RTSP/1.0'),
        fc.array(
          fc.oneof(
            fc.constantFrom(
              'Host: x',
              'Content-Length: -1',
              'Content-Length: 99999999999999999999',
              'Content-Length: 5',
              'Transfer-Encoding: chunked',
              'Transfer-Encoding: x, chunked',
              'Connection: close',
              'Expect: 100-continue',
              'Upgrade: websocket',
              ': empty',
              ' folded',
              'no colon',
              `X: ${'y'.repeat(9000)}`,
            ),
            bytes(40),
          ),
          { maxLength: 6 },
        ),
        fc.constantFrom('\r\n\r\n', '\n\n', '\r\n', '', '\r\n\r\nffffffff\r\n', '\r\n\r\nzz\r\n'),
      )
      .map(([method, target, version, headers, end]) => [[method, target, version].join(' '), ...headers].join('\r\n') + end),
  ),
});

const RTSP: Arbitrary<Of<'rtsp'>> = fc.record({
  kind: fc.constant('rtsp' as const),
  bytes: fc.oneof(
    bytes(300),
    fc
      .tuple(
        fc.constantFrom('OPTIONS', 'DESCRIBE', 'SETUP', 'TEARDOWN', 'PAUSE', 'GET_PARAMETER', 'options', '', 'CONF', '$'),
        fc.constantFrom(
          '*',
          '/',
          'rtsp://x/stream_0',
          'rtsp://x/stream_9',
          'rtsp://',
          'http://x/',
          '\u0000',
          `rtsp://x/${'a'.repeat(5000)}`,
          'rtsp://x/stream_0/track9',
        ),
        fc.constantFrom('RTSP/1.0', 'RTSP/2.0', 'HTTP/1.1', 'RTSP/', ''),
        fc.array(
          fc.oneof(
            fc.constantFrom(
              'CSeq: 1',
              'CSeq: -1',
              'CSeq: 999999999999999999999',
              'CSeq: x',
              'Session: x',
              'Content-Length: 5',
              'Content-Length: -5',
              'Content-Length: 1e3',
              'Content-Length: 99999999',
              'Transport: RTP/AVP/TCP;interleaved=0-1',
              'Transport: RTP/AVP;unicast;client_port=1-2',
              'Transport: RTP/AVP/TCP;interleaved=999-1000',
              'Transport: ;;;=,',
              'Authorization: Digest username="',
              'Authorization: Basic ====',
              `X: ${'y'.repeat(20_000)}`,
            ),
            bytes(40),
          ),
          { maxLength: 5 },
        ),
        fc.constantFrom('\r\n\r\n', '\n\n', '\r\n', '', '\r\n\r\n$\u0000\uffff', '\r\n\r\n$\u0000\u0000\u0004abcd'),
      )
      .map(([method, target, version, headers, end]) => [[method, target, version].join(' '), ...headers].join('\r\n') + end),
  ),
});
