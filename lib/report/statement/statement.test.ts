import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../results/results.ts';
import { sampleCheck, sampleExchange, sampleResults, sampleRtspExchange } from '../../results/sample-results.fixture.ts';
import { printable } from '../../wire/printable.ts';
import { anyText } from './any-text.fixture.ts';
import { exchangeView } from './exchange-view.ts';
import { formatHtml } from './html.ts';
import { badCamera, goodCamera, sampleProvenance } from './statement.fixture.ts';
import { formatStatement } from './statement.ts';

// The same cases each time; another seed finds others.
fc.configureGlobal({ seed: 1 });

const statement = (...[results, about = sampleProvenance]: Partial<Parameters<typeof formatStatement>>): string =>
  formatStatement(results ?? goodCamera(), about);
/** What a person reads, without markup and styles. */
const textOf = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<\/?(?:a|bdi|code|small|span|strong|time)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '')
    .replace(/\s+/g, ' ');
/** The part under a heading of the second level. */
const part = (page: string, id: string): string => textOf(page.split(`<h2 id="${id}"`)[1]?.split('<h2 ')[0] ?? '');

describe('a good camera', () => {
  const page = statement(goodCamera());
  test('is called conformant, with what it is and how every section came out', () => {
    expect(part(page, 'verdict')).toContain('Conformant The camera does what the document demands: 42 required checks passed, none failed.');
    expect(part(page, 'camera')).toContain('Device ID RG10 Hardware address (MAC) 00:11:22:33:44:55 Firmware version 14.030.19.3_MAIN_V3(221114)');
    expect(part(page, 'sections')).toContain('21 Video 1 0 0 1');
    expect(part(page, 'sections')).toContain('All 42 0 0 1');
    expect(part(page, 'put-back')).toContain('the settings of the camera are as they were');
  });

  test('names the document, and the port of RTSP where it was told', () => {
    expect(part(page, 'camera')).toMatch(
      /Document the description of the camera’s HTTP interface.* in 42 sections from 1 Generic to 42 Send IO Data\. .*All its sections were selected\./,
    );
    expect(part(page, 'camera')).not.toContain('RTSP port');
    const told = {
      section: '19.7',
      action: 'getRtspConf',
      instance: '',
      name: 'rtsp_port',
      documented: true,
      type: 'number',
      value: '8554',
      range: null,
    };
    expect(part(statement({ ...goodCamera(), parameters: [told] }), 'camera')).toContain('RTSP port 8554, as the camera told');
  });

  test('says of what there is nothing in one line', () => {
    expect(part(page, 'sections')).toContain(
      'No required check failed, no failure was waived, there was nothing to warn about, no check was left out for a hazard and nothing was left untested for another reason.',
    );
    expect(page).not.toContain('id="failed"');
  });

  test('says what each hazard allows', () => {
    expect(part(page, 'camera')).toContain('beyond changing settings that it puts back: ptz (move it).');
    expect(part(statement({ ...goodCamera(), allowed: [] }), 'camera')).toContain('none: the run only changed settings that it put back');
  });

  test('has what was not offered, and the errata with their texts', () => {
    expect(part(page, 'not-offered')).toMatch(/21 Video getVencConf does not return gop video\/gop\/type 1/);
    expect(part(page, 'errata')).toContain('"error user/pwd" and "error json" after HTTP/1.1 200 OK');
    expect(part(page, 'errata')).toContain('the text decides, the status is 200; no 401 or 400 is expected');
  });

  test('says what it rests on', () => {
    expect(part(page, 'provenance')).toContain('camera-conformance 1.2.3');
    expect(part(page, 'provenance')).toContain(
      '99.9 %: of 2,000 faults planted in a good camera, one at a time, the suite found 1,998; on 9 good cameras it raised no false alarm. Measured on 1 January 2026 with version 1.2.3. Not found, so this statement does not speak of it: a camera that cuts the last third of each slice: slices are measured, not decoded masks snapshots alone',
    );
    expect(part(page, 'provenance')).toContain(`SHA-256 ${sampleProvenance.resultsSha256}`);
    expect(part(statement(goodCamera(), { ...sampleProvenance, qualification: null }), 'provenance')).toContain(
      'Qualification of the suite not measured',
    );
  });

  test('needs no script and nothing from anywhere', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|https?:\/\/(?!192\.168\.1\.89)/i);
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;sha256-`);
  });
});

describe('a bad camera', () => {
  const page = statement(badCamera('4097 kbit/s', 3));
  test('has the whole of a failure: place, documented, received, exchange, how to repeat it', () => {
    const failed = part(page, 'failed');
    expect(failed).toContain('stores 4097 kbit/s Required by section 1.2, action setVencConf, parameter bitrate video/p0/round-trip');
    expect(failed).toContain('Documented 1 to 4096 Received 4097 kbit/s');
    expect(failed).toContain('npm run conformance -- --check video/p0/round-trip');
    expect(failed).toContain('GET http://192.168.1.89/action/cgi_action user=admin pwd=*** action=setVencConf json={ "bitrate": 99999999 }');
    expect(failed).toContain('{ "code": 0, "name": "4097 kbit/s" }');
    expect(failed).toContain('curl -sSi -G http://192.168.1.89/action/cgi_action');
  });

  test('tells apart what failed, what is waived, what only warns and what the suite could not do', () => {
    expect(part(page, 'failed')).not.toContain('video/gop/type');
    expect(part(page, 'waivers')).toMatch(
      /mended in 2\.1 FW-12 jane, 2026-12-31 1 .*video\/gop\/type.*Waived until 2026-12-31 by jane, FW-12: mended in 2\.1/,
    );
    expect(part(page, 'warned')).toContain('Recommended; concerns section 24.2');
    expect(part(page, 'broken')).toContain('Could not judge: 4097 kbit/s');
    expect(part(page, 'not-allowed')).toContain('14 WIFI because of 4097 kbit/s 0');
    expect(part(page, 'not-testable')).toContain('14 WIFI because of 4097 kbit/s 1');
    expect(part(page, 'put-back')).toContain('The camera could not be put back as it was. This differs: bitrate reads 4097 kbit/s');
    expect(part(page, 'errata')).toContain('no-longer-known not in the register of this version');
  });

  test('says once what was found many times', () => {
    expect(part(page, 'failed')).toContain('one cause often shows in many checks First of these Received Checks stores 4097 kbit/s 4097 kbit/s 3');
  });
});

describe('what failed, in the verdict', () => {
  const failure = (index: number, changes: Partial<CheckResult> = {}): CheckResult =>
    sampleCheck({
      id: `video/p${index}/type`,
      verdict: 'fail',
      title: `shows ${'abcdefghijklm'[index]}`,
      findings: [{ documented: 'a number', received: 'a text' }],
      ...changes,
    });
  const verdictOf = (checks: readonly CheckResult[]): string =>
    part(statement(sampleResults(checks, { verdict: 'non-conformant', exitCode: 1 })), 'verdict');

  test('each with its section, what came and a link', () => {
    const page = statement(sampleResults([failure(0), sampleCheck()], { verdict: 'non-conformant', exitCode: 1 }));
    expect(part(page, 'verdict')).toContain('What is demanded, and was not found: 21 Video: shows a Received: a text');
    expect(page).toMatch(/<a href="#failed-1"><bdi>shows a<\/bdi><\/a>/);
  });

  test('adds up what found the same, and never leaves a failure uncounted', () => {
    const same = [0, 1, 2].map((index) => failure(index, { section: `${index + 5}.1`, title: 'shows it' }));
    const others = Array.from({ length: 9 }, (_, index) => failure(index));
    const text = verdictOf([...others, ...same]);
    expect(text).toContain('3 sections: shows it (3 checks found the same, in sections 5 to 7)');
    expect(text).toContain('and 2 more failed checks');
  });

  test('says how many checks there were of each kind', () => {
    expect(verdictOf([failure(0), sampleCheck(), sampleCheck({ level: 'should', verdict: 'warn', message: 'x' })])).toContain(
      '3 checks: 2 required (1 failed) and 1 recommended (1 warned).',
    );
  });
});

test('checks of one kind that found the same stand in one article, each with its own evidence and anchor', () => {
  const teardown = (stream: number): CheckResult =>
    sampleCheck({
      id: `rtsp/stream_${stream}.tcp/teardown`,
      section: '19.5',
      verdict: 'fail',
      title: `stream_${stream} over TCP: TEARDOWN is answered`,
      findings: [{ documented: 'no packets', received: `packets ${271 + stream} ms later` }],
      exchange: sampleRtspExchange('TEARDOWN', 'RTSP/1.0 200 OK\r\n\r\n', { url: `rtsp://192.168.1.89/stream_${stream}/` }),
    });
  const page = statement(sampleResults([teardown(0), teardown(1)], { verdict: 'non-conformant', exitCode: 1 }));
  expect(page.match(/<article/g)).toHaveLength(1);
  const failed = part(page, 'failed');
  expect(failed).toContain('TEARDOWN is answered 2 checks The same on stream_0 over TCP and stream_1 over TCP.');
  expect(failed).toMatch(
    /packets 271 ms later.*Found the same: stream_1 over TCP: TEARDOWN is answered: packets 272 ms later.*packets 272 ms later.*--check rtsp\/stream_1\.tcp\/teardown/,
  );
  expect(page).toContain('<details class="alike" id="failed-2">');
});

test('the steps to a finding are numbered, with what was wrong on purpose, how often, and where it shows', () => {
  const failed = part(statement(badCamera('x', 0)), 'failed');
  expect(failed).toMatch(
    /changes the camera setVencConf with a wrong password Request .* one RTSP session: here it shows Requests \(→\) and replies \(←\) → OPTIONS .* ← RTSP\/1\.0 200 OK .* → TEARDOWN .* What was measured video: x reads setVencConf, 3 times with the same reply Request/,
  );
  expect(failed).toMatch(
    /By hand: # 1 .* # 2 plays the stream .*ffmpeg .* By hand, request by request: what to send over RTSP Over one connection to/,
  );
  expect(failed.match(/By hand, request by request/g)).toHaveLength(1);
});

test('a failed check leads to how the document is read about what it names', () => {
  const clock = sampleCheck({
    id: 'time-configuration/CurTime/clock-follows',
    section: '10.2',
    action: 'setTime',
    parameter: null,
    verdict: 'fail',
    findings: [{ documented: 'deviceTime about 5', received: 'deviceTime 3605', about: { errata: ['time-envelope'] } }],
  });
  const errata = ['time-envelope', 'time-zone-of-the-timestamp', 'video-frame-rate-limit'];
  const page = statement(sampleResults([clock], { verdict: 'non-conformant', exitCode: 1, errata }));
  expect(part(page, 'failed')).toContain('Errata that bear on it: 10.1 time-envelope, 10.1 time-zone-of-the-timestamp');
  expect(page).toContain('<a href="#erratum-time-zone-of-the-timestamp">');
  expect(page).not.toContain('<a href="#erratum-video-frame-rate-limit">');
});

test('a reply has a blank line before its body, and one over RTSP its status line once', () => {
  const rtsp = formatHtml(exchangeView(sampleRtspExchange('PLAY', 'RTSP/1.0 200 OK\r\nCSeq: 5\r\n\r\n', { url: 'rtsp://192.168.1.89/' })));
  expect(rtsp.match(/RTSP\/1\.0 200 OK/g)).toHaveLength(1);
  expect(textOf(rtsp)).toContain('Request PLAY rtsp://192.168.1.89/ RTSP/1.0 CSeq: 1');
  const http = formatHtml(exchangeView(sampleExchange())).replace(/<\/?(?:bdi|span|code)[^>]*>/g, '');
  expect(http).toContain('HTTP/1.1 200 OK\nConnection: keep-alive\n\n{ &quot;code&quot;: 0 }');
  expect(http).toContain('json={ &quot;bitrate&quot;: 99999999 }');
});

test.each([
  [badCamera('x', 3), ['No verdict', 'The camera could not be put back as it was.', 'The camera stopped answering', 'Only 7 of the 42 sections']],
  [
    sampleResults([sampleCheck({ verdict: 'fail', message: 'x' }), sampleCheck()], { verdict: 'non-conformant', exitCode: 1 }),
    ['Not conformant', '1 of 2 required checks failed, in section 21.', 'Only 1 of the 42 sections'],
  ],
  [sampleResults([], { verdict: 'incomplete', exitCode: 2, fault: 'Could not reach the camera.' }), ['No verdict', 'Could not reach the camera.']],
  [sampleResults([], { verdict: 'incomplete', exitCode: 2 }), ['No verdict', 'The selection matched no check.']],
])('the verdict in plain words, %#', (results, words) => {
  for (const sentence of words) expect(part(statement(results), 'verdict')).toContain(sentence);
});

test('every link leads to one place, and no id stands twice', () => {
  const page = statement(badCamera());
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  const links = [...page.matchAll(/ (?:href="#|aria-labelledby=")([^"]*)"/g)].map(([, id]) => id);
  expect(links.length).toBeGreaterThan(40);
  expect(links.filter((id) => !ids.includes(id))).toEqual([]);
});

test('whatever a camera sends stays text', () => {
  const TAG = /^<(?:!doctype html|\/?[a-z][a-z0-9]*(?: [a-z-]+(?:="[^"<>]*")?)*)>$/;
  const NAMES = new Set([...statement(badCamera()).matchAll(/<\/?([a-z0-9]+)/g)].map(([, name]) => name));
  fc.assert(
    fc.property(anyText, (text) => {
      const results = badCamera(text, 1);
      results.checks.push(
        sampleCheck({
          id: text.replaceAll('\0', ''),
          section: text,
          action: text,
          parameter: text,
          title: text,
          verdict: 'fail',
          message: text,
          exchange: sampleExchange({ url: `http://192.168.1.89/${text}`, failure: text, reply: null }),
        }),
      );
      const page = statement({ ...results, profile: text, allowed: [text], errata: [text] });
      const [head = '', rest = ''] = page.split(/<style>[^<]*<\/style>/);
      const odd = [...`${head}${rest}`.matchAll(/<\/?([a-z0-9]*)[^>]*>/g)].find(
        ([tag, name]) => !TAG.test(tag) || (tag !== '<!doctype html>' && !NAMES.has(name)),
      );
      expect(odd).toBeUndefined();
      expect(rest.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]/);
      expect(page.split('\n').find((line) => printable(line) !== line)).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});
