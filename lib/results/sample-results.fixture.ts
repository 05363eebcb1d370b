/** Results for the tests of the writers, each member of them valid; a test changes what it is about. */
import type { HttpExchange, RtspExchange } from '../wire/exchange.ts';
import { type CheckResult, messageOf, type Results, summarise, type Waiver } from './results.ts';

export const sampleExchange = (changes: Partial<HttpExchange> = {}): HttpExchange => ({
  kind: 'http',
  method: 'GET',
  url: 'http://192.168.1.89/action/cgi_action?user=admin&pwd=***&action=setVencConf&json=%7B%22bitrate%22%3A99999999%7D',
  json: '{"channel":0,"bitrate":99999999}',
  startedAt: '2026-01-01T00:00:01.000Z',
  durationMs: 9,
  attempts: 1,
  reply: { statusLine: 'HTTP/1.1 200 OK', status: 200, headers: [['Connection', 'keep-alive']], text: '{"code":0}', bytes: 10 },
  failure: null,
  deviations: [],
  ...changes,
});

/** `text` is the whole response; null: none came. */
export const sampleRtspExchange = (method: string, text: string | null, changes: Partial<RtspExchange> = {}): RtspExchange => {
  const [statusLine = ''] = text?.split(/\r?\n/, 1) ?? [];
  const { url = 'rtsp://192.168.1.89/stream_0' } = changes;
  return {
    kind: 'rtsp',
    remote: '192.168.1.89:554',
    method,
    url,
    request: `${method} ${url} RTSP/1.0\r\nCSeq: 1\r\n\r\n`,
    reply: text === null ? null : { statusLine, status: Number(statusLine.split(' ')[1]), text, bytes: Buffer.byteLength(text) },
    startedAt: '2026-01-01T00:00:01.000Z',
    durationMs: 9,
    failure: null,
    deviations: [],
    ...changes,
  };
};

export const sampleCheck = (changes: Partial<CheckResult> = {}): CheckResult => ({
  id: 'video/bitrate/above-range',
  section: '21.2',
  action: 'setVencConf',
  parameter: 'bitrate',
  title: 'refuses or clamps a value above its range',
  level: 'must',
  verdict: 'pass',
  skipReason: null,
  message: null,
  exchange: null,
  durationMs: 1500,
  findings: [],
  ...(changes.findings === undefined ? {} : { message: messageOf(changes.findings) }),
  ...changes,
});

export const sampleWaiver = (changes: Partial<Waiver> = {}): Waiver => ({
  check: 'video/bitrate/above-range',
  reason: 'mended in 2.1',
  ticket: 'FW-12',
  who: 'jane',
  expires: '2026-12-31',
  ...changes,
});

export const sampleResults = (checks: readonly CheckResult[], changes: Partial<Results> = {}): Results => ({
  schemaVersion: 1,
  verdict: 'conformant',
  exitCode: 0,
  camera: { url: 'http://192.168.1.89', deviceId: 'RG10', mac: '00:11:22:33:44:55', version: '1.0', model: null },
  api: 'cgi',
  profile: 'default',
  allowed: ['ptz'],
  sections: ['21'],
  selection: [],
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 12_345,
  traffic: { requests: 640, retries: 2, deviceTimeMs: 9876 },
  summary: summarise(checks),
  restore: { verdict: 'restored', differences: [] },
  fault: null,
  errata: [],
  wear: { writes: 0, reboots: 0, logIns: 0 },
  parameters: [],
  timings: [],
  waivers: [],
  notices: [],
  checks: [...checks],
  ...changes,
});
