import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../camera/outcome.ts';
import type { Members } from '../../document/row-value.ts';
import { decodeBody } from '../../http/json-body.ts';
import type { Answer, Deviation } from '../../wire/exchange.ts';
import type { Profile } from '../values/row-judgement.ts';
import { envelopeFindings, statusFindings, syntaxFindings } from './reply-findings.ts';

function answer(text: string, { status = 200, deviations = [] }: { status?: number; deviations?: readonly Deviation[] } = {}) {
  const bytes = Buffer.from(text);
  const reply: Answer = {
    status,
    bytes,
    body: decodeBody(bytes, '').body,
    exchange: {
      kind: 'http',
      method: 'GET',
      url: 'http://camera/',
      json: null,
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 1,
      attempts: 1,
      reply: { statusLine: `HTTP/1.1 ${status}`, status, headers: [], text, bytes: bytes.length },
      failure: null,
      deviations,
    },
  };
  return outcomeOf(reply);
}

const ENVELOPE = { code: 0, device_mac: '88-07-cb-00-02-be', deviceID: 'CBT1', device_id: 'CBT1', log: '', device_ip: '192.168.1.89' };
const received = (reply: Members, identity: Members | null = null, profile: Profile = 'default') =>
  envelopeFindings(answer(JSON.stringify(reply)), identity, profile, { place: '10.1', action: 'getDeviceTime' }).map((each) => each.received);
const less = (...names: readonly string[]): Members => Object.fromEntries(Object.entries(ENVELOPE).filter(([name]) => !names.includes(name)));

describe('an envelope', () => {
  test.each([
    ['whole', ENVELOPE, []],
    ['of a refusal', { ...ENVELOPE, code: 205 }, []],
    ['with additional members', { ...ENVELOPE, sign_tby: 'f', gop: 5 }, []],
    ['with message in place of device_id and log', { ...less('device_id', 'log'), message: 'NULL' }, []],
    ['without code', less('code'), ['code is missing']],
    ['with code as text', { ...ENVELOPE, code: '0' }, ['code is "0"']],
    ['without address', less('device_ip'), ['device_ip is missing']],
    ['with an empty identity', { ...ENVELOPE, deviceID: '' }, ['deviceID is ""']],
    ['with a number for the address', { ...ENVELOPE, device_mac: 5 }, ['device_mac is 5']],
    ['without log', less('log'), ['device_id is "CBT1", log is missing, message is missing']],
    [
      'with nothing',
      {},
      [
        'code is missing',
        'device_mac is missing',
        'deviceID is missing',
        'device_ip is missing',
        'device_id is missing, log is missing, message is missing',
      ],
    ],
  ])('%s', (_, reply, findings) => {
    expect(received(reply)).toEqual(findings);
  });

  test('with message in place of device_id and log is found fault with in the strict profile, which names the erratum', () => {
    const reply = answer(JSON.stringify({ ...less('device_id', 'log'), message: 'NULL' }));
    expect(envelopeFindings(reply, null, 'strict', { place: '10.1', action: 'getDeviceTime' })).toEqual([
      {
        documented: 'device_id and log are texts (strict profile; erratum time-envelope)',
        received: 'device_id is missing, log is missing, message is "NULL"',
        about: { errata: ['time-envelope'] },
      },
    ]);
    expect(received(ENVELOPE, null, 'strict')).toEqual([]);
  });

  test.each([
    ['of the same camera', {}, []],
    ['of another camera', { deviceID: 'CBT2', device_mac: '99-07-cb-00-02-be' }, ['device_mac is "99-07-cb-00-02-be"', 'deviceID is "CBT2"']],
    ['of a camera with another address', { device_ip: '192.168.1.90' }, []],
  ])('%s', (_, change, findings) => {
    expect(received({ ...ENVELOPE, ...change }, ENVELOPE)).toEqual(findings);
  });

  test.each(['error json', 'failed', '[]', ''])('is not in the text %j', (text) => {
    expect(envelopeFindings(answer(text), null, 'default', { place: '1.1', action: null })).toHaveLength(1);
  });
});

test.each([
  [200, []],
  [500, ['HTTP status 500']],
  [201, ['HTTP status 201']],
])('HTTP status %d', (status, findings) => {
  expect(statusFindings(answer('{}', { status })).map((each) => each.received)).toEqual(findings);
});

describe('syntax', () => {
  const deviations = [
    { id: 'header-without-name', detail: ': x' },
    { id: 'duplicate-key', detail: 'a' },
  ];
  test.each([
    ['without fault', '{"a":1}', [], []],
    ['with a name that stands there twice', '{"a":1,"a":2}', [], ['"a" stands there more than once']],
    ['with a name that the document repeats too', '{"a":1,"a":2}', ['a'], []],
  ])('%s', (_, text, repeated, findings) => {
    expect(syntaxFindings(answer(text), repeated).map((each) => each.received)).toEqual(findings);
  });

  test('of HTTP', () => {
    expect(syntaxFindings(answer('{}', { deviations }), []).map((each) => each.received)).toEqual(['header without name: : x']);
  });
});
