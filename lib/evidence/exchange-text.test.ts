import { expect, test } from 'vitest';
import { sampleExchange, sampleRtspExchange } from '../results/sample-results.fixture.ts';
import { CREDENTIALS } from '../wire/credentials.ts';
import { formatRtspExchange, replyText, requestText } from './exchange-text.ts';

const login = 'http://c/action/cgi_action?user=admin&pwd=***';

test('the query is decoded, a parameter a line', () => {
  const url = `${login}&action=setOsdConf&json=%7B%22title%22%3A%22a%26b%25%22%7D`;
  expect(requestText(sampleExchange({ url, credentials: 'right' })).split('\n')).toEqual([
    'GET http://c/action/cgi_action',
    'user=admin',
    'pwd=*** (the MD5 of the right password)',
    'action=setOsdConf',
    'json={ "title": "a&b%" }',
  ]);
  expect(requestText(sampleExchange({ url: 'http://c/action/cgi_images' }))).toBe('GET http://c/action/cgi_images');
  expect(requestText(sampleExchange({ url: 'http://c/?json=%7B%22a%22&x=%ff&y' }))).toBe('GET http://c/\njson={"a"\nx=%ff\ny=');
});

test('says what the masked password was', () => {
  const shown = CREDENTIALS.map((credentials) => requestText(sampleExchange({ url: login, credentials })).split('\n')[2]);
  expect(shown).toEqual([
    'pwd=*** (the MD5 of the right password)',
    'pwd=*** (the MD5 of the right password)',
    'pwd=*** (the MD5 of a wrong password)',
    'pwd=***',
    'pwd=*** (the right password itself, not its MD5)',
    'pwd=*** (nearly the right one)',
  ]);
  expect(requestText(sampleExchange({ url: login }))).toContain('\npwd=***');
});

test('a blank line stands before the body, and the status line stands once', () => {
  const text = 'RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\nv=0\r\n';
  const request = 'DESCRIBE rtsp://c/stream_0 RTSP/1.0\r\nCSeq: 1\r\n\r\n';
  const rtsp = sampleRtspExchange('DESCRIBE', text, { url: 'rtsp://c/stream_0', request });
  expect(requestText(rtsp)).toBe(request.trimEnd());
  expect(replyText(rtsp)).toBe(text.trimEnd());
  expect(replyText(sampleExchange())).toBe('HTTP/1.1 200 OK\nConnection: keep-alive\n\n{ "code": 0 }');
  expect(replyText(sampleExchange({ reply: { statusLine: 'HTTP/1.0 200 OK', status: 200, headers: [], text: null, bytes: 11_059_254 } }))).toBe(
    'HTTP/1.0 200 OK\n\n(11,059,254 bytes that are no text)',
  );
  expect(replyText(sampleExchange({ reply: null }))).toBeNull();
});

test('an exchange of a dialogue has its deviations, and why there is no response', () => {
  const deviations = [{ id: 'missing-cseq', detail: '1' }];
  expect(formatRtspExchange(sampleRtspExchange('PLAY', 'RTSP/1.0 200 OK\r\n\r\n', { deviations }))).toMatch(
    /^To 192\.168\.1\.89:554\nPLAY .*\r\nCSeq: 1\n\nAfter 9 ms\nRTSP\/1\.0 200 OK\nDeviation missing-cseq: 1$/,
  );
  expect(formatRtspExchange(sampleRtspExchange('PLAY', null, { failure: 'It was dropped.' }))).toMatch(/\n\nNo response: It was dropped\.$/);
});
