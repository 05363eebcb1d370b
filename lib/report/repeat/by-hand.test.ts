import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { CheckStep } from '../../results/results.ts';
import { sampleExchange, sampleRtspExchange } from '../../results/sample-results.fixture.ts';
import { dialogueIn, linesOf } from './by-hand.ts';

type Sent = Exclude<CheckStep, { kind: 'session' }>;
const step = (changes: Partial<Sent> = {}): Sent => ({
  kind: 'read',
  times: 1,
  exchanges: [asked('getVencConf')],
  facts: null,
  original: null,
  shows: false,
  ...changes,
});
const asked = (action: string, json: string | null = null, changes = {}) =>
  sampleExchange({
    url: `http://c/action/cgi_action?user=admin&pwd=***&action=${action}${json === null ? '' : `&json=${encodeURIComponent(json)}`}`,
    json,
    credentials: 'right' as const,
    ...changes,
  });
const change = (json: string, original: string | null, changes = {}): CheckStep =>
  step({ kind: 'change', exchanges: [asked('setVencConf', json, changes)], original });
const comments = (steps: readonly CheckStep[]): readonly string[] => (linesOf(steps) ?? '').split('\n').filter((line) => line.startsWith('#'));

describe('the lines', () => {
  const read = step();
  const readAgain = step({ shows: true, times: 40 });

  it('say what each does, and put back what was changed', () => {
    const steps = [read, change('{"channel":1,"bitrate":2}', '{"channel":1,"bitrate":1}'), readAgain];
    expect(comments(steps)).toEqual([
      '# 1 reads what it is before: getVencConf',
      '# 2 changes the camera: setVencConf channel, bitrate',
      '# 3 reads what it is then: getVencConf, 40 times in the check, always with that reply: here the fault shows',
      '# 4 puts back what the camera had before: setVencConf channel, bitrate',
    ]);
    expect(linesOf(steps)?.split('\n').at(-1)).toMatch(/--data-urlencode 'json=\{"channel":1,"bitrate":1\}'; echo$/);
  });

  it('put back the last change first, and say what stays changed', () => {
    const steps = [change('{"a":1}', '{"a":0}'), change('{"b":1,"CurTime":5}', '{"b":0}'), change('{"c":1}', null)];
    expect(comments(steps).slice(3)).toEqual([
      '# 4 puts back what the camera had before: setVencConf b',
      '# 5 puts back what the camera had before: setVencConf a',
      '# These lines leave what setVencConf sets, CurTime changed, the npm line leaves the camera as it found it',
    ]);
  });

  it('log in first where the calls of a page are posted, and put back as they were posted', () => {
    const posted = (action: string, json: string) =>
      sampleExchange({ method: 'POST', url: `http://c/p/action/${action}`, json, credentials: 'right' });
    const steps = [
      step({ exchanges: [posted('getVencConf', '{}')] }),
      step({ kind: 'change', exchanges: [posted('setVencConf', '{"a":1}')], original: '{"a":0}' }),
    ];
    const post = (action: string, body: string): string =>
      `curl -sSi -H 'Content-Type: application/json' --data-raw ${body} http://c/p/action/${action}; echo`;
    expect((linesOf(steps) ?? '').split('\n')).toEqual([
      '# 1 logs in: from then on this address is trusted, until the camera restarts',
      post('hiLogin', `'{"passwd":"'"$(printf %s "\${CAMERA_PASSWORD:-123456}" | md5sum | cut -c1-32)"'"}'`),
      '# 2 reads what it is before: getVencConf',
      post('getVencConf', `'{}'`),
      '# 3 changes the camera: setVencConf a',
      post('setVencConf', `'{"a":1}'`),
      '# 4 puts back what the camera had before: setVencConf a',
      post('setVencConf', `'{"a":0}'`),
    ]);
  });

  it('put back with the right login, whoever made the change', () => {
    for (const credentials of ['wrong-user', 'wrong-password', 'no-password', 'plain-password'] as const) {
      const url = `http://c/action/cgi_action?user=nobody&action=setVencConf&json=x`;
      const [, , , back] = (
        linesOf([change('{"a":1}', '{"a":0}', credentials === 'wrong-user' ? { credentials, url } : { credentials })]) ?? ''
      ).split('\n');
      expect(back).toBe(
        `curl -sSi -G http://c/action/cgi_action --data-urlencode user="\${CAMERA_USER:-admin}" --data-urlencode pwd="$(printf %s "\${CAMERA_PASSWORD:-123456}" | md5sum | cut -c1-32)" --data-urlencode action=setVencConf --data-urlencode 'json={"a":0}'; echo`,
      );
    }
  });

  it('are one line without a comment where one request shows it', () => {
    expect(linesOf([step({ shows: true })])).toMatch(/^curl -sSi -G \S+ .*action=getVencConf$/);
    expect(linesOf([])).toBeNull();
  });

  it('put each picture into a file of its own', () => {
    const picture = (fmt: string, type: string) =>
      step({
        kind: 'picture',
        exchanges: [
          sampleExchange({
            url: `http://c/action/cgi_images?fmt=${fmt}`,
            json: null,
            reply: { statusLine: 'HTTP/1.0 200 OK', status: 200, headers: [['Content-Type', type]], text: null, bytes: 9 },
          }),
        ],
      });
    const lines = linesOf([picture('jpg', 'image/jpeg'), picture('bmp', 'image/bmp'), picture('yuv', 'x')]) ?? '';
    expect(lines.match(/-o \S+/g)).toEqual(['-o reply.jpg', '-o reply2.bmp', '-o reply3.bin']);
    expect(lines).toContain('# 2 gets a picture with fmt=bmp\n');
  });
});

describe('a session', () => {
  const rtsp = (method: string, request: string, text: string) => sampleRtspExchange(method, text, { url: 'rtsp://c:554/stream_0', request });
  const digest = 'Authorization: Digest username="admin", realm="camera", nonce="9f", uri="rtsp://c:554/stream_0", response="***"\r\n';
  const dialogue = [
    rtsp(
      'DESCRIBE',
      'DESCRIBE rtsp://c:554/stream_0 RTSP/1.0\r\nCSeq: 1\r\n\r\n',
      'RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm="camera", nonce="9f"\r\n\r\n',
    ),
    rtsp('DESCRIBE', `DESCRIBE rtsp://c:554/stream_0 RTSP/1.0\r\nCSeq: 2\r\n${digest}\r\n`, 'RTSP/1.0 200 OK\r\n\r\nv=0'),
    rtsp(
      'SETUP',
      `SETUP rtsp://c:554/stream_0 RTSP/1.0\r\nCSeq: 3\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n`,
      'RTSP/1.0 200 OK\r\nSession: 49;timeout=60\r\n\r\n',
    ),
    rtsp('PLAY', 'PLAY rtsp://c:554/stream_0 RTSP/1.0\r\nCSeq: 4\r\nSession: 49\r\n\r\n', 'RTSP/1.0 200 OK\r\n\r\n'),
    rtsp('TEARDOWN', 'TEARDOWN rtsp://c:554/stream_0 RTSP/1.0\r\nCSeq: 5\r\nSession: 50\r\n\r\n', 'RTSP/1.0 454 Session Not Found\r\n\r\n'),
  ];
  const session = (exchanges = dialogue): CheckStep => ({ ...step(), kind: 'session', exchanges, shows: true });

  it('is a line for ffmpeg that logs in by variables', () => {
    const [, line = ''] = (linesOf([session()]) ?? '').split('\n');
    const { stdout } = spawnSync('sh', ['-c', `ffmpeg() { printf "line='%s'\\n" "$@"; }; ${line}`], {
      env: { CAMERA_PASSWORD: 'p$w', PATH: process.env.PATH },
      encoding: 'utf8',
    });
    const words = ['-rtsp_transport', 'tcp', '-i', 'rtsp://admin:p$w@c:554/stream_0'];
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(words.map((word) => `line='${word}'`)));
    const udp = dialogue.map((each) => ({ ...each, request: each.request.replace('/TCP', '') }));
    expect(linesOf([session(udp)])).toContain(' -rtsp_transport udp ');
  });

  it('is none where it did not come to a stream and nothing was refused, or a login was tried', () => {
    const [refused, described, setup] = dialogue as [(typeof dialogue)[0], (typeof dialogue)[0], (typeof dialogue)[0]];
    expect(linesOf([session([refused, described])])).toBeNull();
    expect(linesOf([session([refused])])).toBeNull();
    expect(linesOf([session([described, { ...setup, reply: null }])])).toContain('ffmpeg');
  });

  it('is a dialogue to be read, in which what holds for one connection alone is said in words', () => {
    const [about, ...requests] = dialogueIn([step(), session()])?.split('\n\n') ?? [];
    expect(about).toBe(
      'Over one connection to c:554, each request when the one before is answered. The camera asked for authentication (status 401, Digest): its nonce goes into the answer, which is made of user and password.',
    );
    expect(requests).toEqual([
      'DESCRIBE rtsp://c:554/stream_0 RTSP/1.0\nCSeq: 2\nAuthorization: Digest username="admin", realm="camera", nonce="<nonce of the reply with status 401>", uri="rtsp://c:554/stream_0", response="<MD5 of user, password, nonce, method and URL: RFC 2617>"',
      'SETUP rtsp://c:554/stream_0 RTSP/1.0\nCSeq: 3\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1',
      'PLAY rtsp://c:554/stream_0 RTSP/1.0\nCSeq: 4\nSession: <Session of the reply to SETUP>',
      // Another session than the one that was set up: on purpose.
      'TEARDOWN rtsp://c:554/stream_0 RTSP/1.0\nCSeq: 5\nSession: 50',
    ]);
    expect(dialogueIn([step()])).toBeNull();
  });
});

test('a comment means nothing to any shell, whatever was asked', () => {
  const WORD = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom("'", '"', '`id`', '$(id)', ';id', '&id', '|id', '>x', '!!', '\n', '*', '(', '[a]'),
  );
  fc.assert(
    fc.property(WORD, WORD, (action, name) => {
      const json = JSON.stringify({ [name]: 1 });
      const url = `http://c/?action=${encodeURIComponent(action.replace(/\p{Surrogate}/gu, ''))}`;
      for (const line of comments([change(json, null, { url }), step()])) expect(line).toMatch(/^# [\w .,:/=-]*$/);
    }),
    { seed: 25, numRuns: 200 },
  );
});
