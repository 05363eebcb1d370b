/** Results of three cameras, for the tests of the statement: a good one, a bad one, and one whose every text is hostile. */

import type { CheckResult, Results, Waiver } from '../../results/results.ts';
import { sampleCheck, sampleExchange, sampleResults, sampleRtspExchange } from '../../results/sample-results.fixture.ts';
import type { Provenance } from './provenance.ts';

export const sampleProvenance: Provenance = {
  suiteVersion: '1.2.3',
  qualification: {
    score: 99.9,
    defects: 2000,
    caught: 1998,
    goodCameras: 9,
    falseAlarms: 0,
    missed: [
      { does: 'cuts the last third of each slice', why: 'slices are measured, not decoded' },
      { does: 'masks snapshots alone', why: null },
    ],
    suiteVersion: '1.2.3',
    measuredAt: '2026-01-01T00:00:00.000Z',
  },
  resultsSha256: 'ab12'.repeat(16),
};

const waiver: Waiver = { check: 'video/gop/*', reason: 'mended in 2.1', ticket: 'FW-12', who: 'jane', expires: '2026-12-31' };
const ERRATA = ['generic-errors-with-status-200', 'video-frame-rate-limit', 'area-y-fraction'];

export const goodCamera = (): Results =>
  sampleResults(
    [
      ...Array.from({ length: 42 }, (_, index) => sampleCheck({ id: `s/p${index}/type`, section: `${index + 1}.1` })),
      sampleCheck({ id: 'video/gop/type', verdict: 'skip', skipReason: 'not-offered', message: 'getVencConf does not return gop' }),
    ],
    { sections: Array.from({ length: 42 }, (_, index) => String(index + 1)), errata: ERRATA, camera: { ...CAMERA, url: 'http://192.168.1.89/' } },
  );

const CAMERA = { url: 'http://192.168.1.89/', deviceId: 'RG10', mac: '00:11:22:33:44:55', version: '14.030.19.3_MAIN_V3(221114)', model: null };

/** Each text of the camera is `text`; the kinds of verdict, and all that a statement can list, are in it. */
export function badCamera(text = 'bitrate is 99999999', failures = 8): Results {
  const found = (verdict: CheckResult['verdict'], id: string, changes: Partial<CheckResult> = {}): CheckResult =>
    sampleCheck({
      id,
      verdict,
      level: verdict === 'warn' ? 'should' : 'must',
      title: `stores ${text}`,
      findings: [{ documented: '1 to 4096', received: text }],
      exchange: sampleExchange({
        json: text,
        reply: {
          statusLine: 'HTTP/1.1 200 OK',
          status: 200,
          headers: [['X-Note', text]],
          text: `{"code":0,"name":${JSON.stringify(text)}}`,
          bytes: 40,
        },
        deviations: [{ id: 'bare-lf', detail: text }],
      }),
      ...changes,
    });
  const skipped = (skipReason: CheckResult['skipReason'], index: number): CheckResult =>
    sampleCheck({ id: `wifi/p${index}/type`, section: '14.1', verdict: 'skip', skipReason, message: `because of ${text} ${index % 30}` });
  const checks = [
    ...Array.from({ length: failures }, (_, index) => found('fail', `video/p${index}/round-trip`, { section: `${1 + (index % 42)}.2` })),
    ...[0, 1].map((stream) => teardown(stream, text)),
    found('fail', 'video/gop/type', { waiver }),
    ...Array.from({ length: 2 }, (_, index) => found('warn', `osd/p${index}/in-picture`, { section: '24.2' })),
    found('error', 'rtsp/play/starts', { section: '19.1', message: `Could not judge: ${text}`, findings: [], exchange: null }),
    ...Array.from({ length: 60 }, (_, index) => skipped('not-offered', index)),
    ...Array.from({ length: 2 }, (_, index) => skipped('not-allowed', index)),
    skipped('blocked', 0),
    skipped('not-testable', 1),
    sampleCheck(),
  ];
  return sampleResults(checks, {
    verdict: 'incomplete',
    exitCode: 3,
    sections: ['14', '19', '21', '24'],
    fault: `The camera stopped answering: ${text}`,
    errata: [...ERRATA, 'no-longer-known'],
    camera: { url: 'http://127.0.0.1:8080/', deviceId: text, mac: text, version: text, model: text },
    restore: { verdict: 'left-modified', differences: [`bitrate reads ${text}`] },
    waivers: [{ ...waiver, file: 'waivers.yaml', line: 1, state: 'applied', covers: ['video/gop/type'], sentence: null }],
  });
}

/** One check on several streams, with the steps that lead to its finding. */
function teardown(stream: number, text: string): CheckResult {
  const url = `rtsp://192.168.1.89/stream_${stream}/`;
  const head = `RTSP/1.0 200 OK\r\nCSeq: 1\r\nServer: ${text}`;
  const asked = (method: string) => sampleRtspExchange(method, `${head}\r\n\r\n`, { url });
  const session = ['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY', 'TEARDOWN'].map(asked);
  const step = { times: 1, facts: null, original: null, shows: false };
  return sampleCheck({
    id: `rtsp/stream_${stream}.tcp/teardown`,
    section: '19.5',
    action: null,
    parameter: null,
    title: `stream_${stream} over TCP: TEARDOWN is answered with 200, and the packets stop`,
    verdict: 'fail',
    findings: [{ documented: 'no RTP packets once TEARDOWN is answered', received: `packets ${271 + stream} ms later` }],
    exchange: session.at(-1) ?? null,
    steps: [
      { ...step, kind: 'change', exchanges: [sampleExchange({ credentials: 'wrong-password' })], original: '{"channel":0,"bitrate":1024}' },
      { ...step, kind: 'session', exchanges: session, facts: `video: ${text}`, shows: true },
      { ...step, kind: 'read', times: 3, exchanges: [sampleExchange()] },
    ],
  });
}

/** Markup, an escape sequence, marks that turn the direction of writing, letters of another direction, a tower of marks, and no blank. */
export const HOSTILE = `<script>alert(1)</script><img src=x onerror=alert(2)>"'&amp;</title></style>--><!--\u001b[31m\u0007\u202etxt.exe\u2066 שלום عربي e${'\u0301'.repeat(60)} \ud800 \u200b${'W'.repeat(500)}`;
export const hostileCamera = (): Results => badCamera(HOSTILE, 2);
