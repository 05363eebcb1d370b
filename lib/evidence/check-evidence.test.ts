import { describe, expect, it } from 'vitest';
import { sampleCheck, sampleExchange, sampleRtspExchange } from '../results/sample-results.fixture.ts';
import type { HttpExchange } from '../wire/exchange.ts';
import { printable } from '../wire/printable.ts';
import { evidenceOf } from './check-evidence.ts';
import type { Noted, Recorded } from './tape.ts';

const nothing: Recorded = { exchanges: [], omitted: 0, pictures: [], streams: [] };
const ALL = { withPictures: true, mask: (text: string) => text };
const once = (exchange: HttpExchange): Noted => ({ exchange, times: 1, since: exchange.startedAt });
const HOSTILE = '<script>alert(1)</script>\u001b[31m \u202egnp.exe';

describe('the steps of a check', () => {
  it('are its requests and what came of each', () => {
    const exchanges = [
      sampleExchange({ json: '{"bitrate":1}' }),
      sampleExchange({ url: 'http://192.168.1.89/action/cgi_images?fmt=jpg', json: null, reply: { ...reply('x'), text: null, bytes: 4711 } }),
      sampleExchange({ reply: reply('error json') }),
      sampleExchange({ json: null, reply: { ...reply('{}'), status: 500, statusLine: 'HTTP/1.0 500 Oops' } }),
      sampleExchange({ json: null, reply: null, failure: 'The connection was refused.', attempts: 3 }),
    ];
    expect(evidenceOf(sampleCheck(), { ...nothing, exchanges: exchanges.map(once), omitted: 7 }, ALL).map(({ title }) => title)).toEqual([
      'setVencConf {"bitrate":1} → code 0',
      'GET /action/cgi_images?fmt=jpg → 4711 bytes',
      'setVencConf {"channel":0,"bitrate":99999999} → error json',
      'setVencConf → HTTP/1.0 500 Oops, {}',
      'setVencConf → no reply: The connection was refused., 3 attempts',
      '7 requests in between are not shown',
    ]);
  });

  it('carry the whole exchange only where the check did not pass', () => {
    const recorded = { ...nothing, exchanges: [once(sampleExchange())] };
    const attached = (verdict: 'pass' | 'skip' | 'warn' | 'fail' | 'error') =>
      evidenceOf(sampleCheck({ verdict }), recorded, ALL).flatMap(({ attachments }) => attachments.map(({ name }) => name));
    expect([attached('pass'), attached('skip')]).toEqual([[], []]);
    expect([attached('warn'), attached('fail'), attached('error')]).toEqual([['Exchange'], ['Exchange'], ['Exchange']]);
  });

  it('end with a step for each finding, with the exchange that shows it', () => {
    const findings = [
      { documented: 'a number', received: '"fast"' },
      { documented: 'code 0', received: 'code 1' },
    ];
    const steps = evidenceOf(sampleCheck({ verdict: 'fail', findings, exchange: sampleExchange() }), nothing, ALL);
    expect(steps.map(({ finding }) => finding?.received)).toEqual(['"fast"', 'code 1']);
    expect(steps.map(({ attachments }) => attachments.length)).toEqual([1, 0]);
    expect(steps[0]?.attachments[0]?.content).toContain('Request     GET http://192.168.1.89/');
  });

  it('are in order of time, sessions among the requests, and say how often the same came', () => {
    const at = (second: number): string => `2026-01-01T00:00:0${second}.000Z`;
    const session = sampleRtspExchange('PLAY', 'RTSP/1.0 200 OK\r\n\r\n', { startedAt: at(3), durationMs: 1 });
    const exchanges = [
      { exchange: sampleExchange({ json: null, startedAt: at(2), durationMs: 500 }), times: 40, since: at(0) },
      { exchange: sampleExchange({ json: null, startedAt: at(4), durationMs: 1 }), times: 2, since: at(4) },
    ];
    const streams = [{ exchanges: [session], description: null, facts: [] }];
    expect(evidenceOf(sampleCheck(), { ...nothing, exchanges, streams }, ALL).map(({ title, durationMs }) => [title, durationMs])).toEqual([
      ['setVencConf → code 0, 40 times in 2.5 s, always the same', 2500],
      ['RTSP session: PLAY 200', 1],
      ['setVencConf → code 0, 2 times, always the same', 1],
    ]);
  });

  it('end with what led to the finding, step by step, of a warning as of a failure', () => {
    const step = { kind: 'read' as const, times: 1, exchanges: [sampleExchange()], facts: null, original: null, shows: false };
    const findings = [{ documented: 'a', received: 'b' }];
    const [last] = evidenceOf(sampleCheck({ level: 'should', verdict: 'warn', findings, steps: [step, { ...step, shows: true }] }), nothing, ALL);
    expect(last?.title).toBe('Not as expected, concerning section 21.2 of the document');
    expect(last?.attachments[0]?.name).toBe('What led to it, step by step');
    expect(String(last?.attachments[0]?.content)).toMatch(/^Step 1 .*\nRequest [\s\S]*\nStep 2 .*: here the fault shows\nRequest /);
  });

  it('show pictures as received, where there is room', () => {
    const recorded: Recorded = {
      ...nothing,
      pictures: [{ type: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 1]), query: '?fmt=jpg', size: 3, shownAs: null }],
    };
    expect(evidenceOf(sampleCheck(), recorded, ALL)[0]?.attachments).toEqual([
      { name: 'Snapshot, JPEG', type: 'image/jpeg', content: Buffer.from([0xff, 0xd8, 1]) },
    ]);
    expect(evidenceOf(sampleCheck(), recorded, { ...ALL, withPictures: false })).toEqual([]);
  });

  it('show a session description with what it means, without what is secret', () => {
    const description = `v=0\r\ns=S3cret ${HOSTILE}\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:track1\r\n`;
    const recorded: Recorded = { ...nothing, streams: [{ exchanges: [], description, facts: [] }] };
    const [step] = evidenceOf(sampleCheck(), recorded, { ...ALL, mask: (text) => text.replaceAll('S3cret', '***') });
    const [attachment] = step?.attachments ?? [];
    expect(attachment?.content).toContain('payload type 96     H264, 90000 Hz');
    expect(attachment?.content).toContain('control             track1');
    expect(attachment?.content).toContain('s=*** <script>alert(1)</script>\\x1B[31m \\u{202E}gnp.exe');
    expect(attachment?.content).not.toContain('S3cret');
    expectPrintable(String(attachment?.content));
  });

  it('make everything of the camera printable and short', () => {
    const hostile = sampleExchange({ reply: reply(HOSTILE.repeat(1000)), failure: HOSTILE });
    const steps = evidenceOf(sampleCheck({ verdict: 'warn' }), { ...nothing, exchanges: [once(hostile)] }, ALL);
    const texts = steps.flatMap(({ title, attachments }) => [title, ...attachments.map(({ content }) => String(content))]);
    for (const text of texts) expectPrintable(text);
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(40_000);
    expect(steps[0]?.title.length).toBeLessThanOrEqual(160);
  });
});

const reply = (text: string) => ({ statusLine: 'HTTP/1.1 200 OK', status: 200, headers: [], text, bytes: text.length });

const expectPrintable = (text: string): void => expect(text.split('\n').map(printable).join('\n')).toBe(text);
