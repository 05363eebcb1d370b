import { expect, test } from 'vitest';
import { createReplyReader } from './http-reply-reader.ts';

/** Reads the wire bytes whole, then byte by byte: both must end alike. */
const read = (wire: string, ended = true) => {
  const [whole, single] = [[Buffer.from(wire, 'latin1')], [...Buffer.from(wire, 'latin1')].map((byte) => Buffer.of(byte))].map((chunks) => {
    const reader = createReplyReader(1000);
    let state = 'reading';
    for (const chunk of chunks) state = reader.push(chunk);
    if (ended) state = reader.end();
    const reply = reader.reply();
    return { state, body: reply?.body.toString('latin1'), ids: reply?.deviations.map(({ id }) => id), headers: reply?.head.headers };
  });
  return { whole, single };
};

test.each([
  ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 'complete', 'ok', []],
  ['\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 'complete', 'ok', ['leading-blank-line']],
  ['HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n', 'complete', '', []],
  ['ICY 200 OK\r\n\r\nok', 'complete', 'ok', ['bad-status-line']],
  ['HTTP/1.1 200 OK\n\nok', 'complete', 'ok', ['bare-lf']],
  ['HTTP/1.1 200 OK\r\nA : b\r\nX: 1\r\n folded\r\n\r\nok', 'complete', 'ok', ['space-before-colon', 'folded-header']],
  ['HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\nok', 'complete', 'ok', ['bad-length']],
  ['HTTP/1.1 200 OK\r\nContent-Length: 2, 5\r\n\r\nok', 'complete', 'ok', ['two-lengths']],
  ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok', 'cut', 'ok', ['length-mismatch']],
  ['HTTP/1.1 204 No\r\nContent-Length: 9\r\n\r\n', 'complete', '', []],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 9\r\n\r\n2;x=y\r\nok\r\n0\r\nT: 1\r\n\r\n', 'complete', 'ok', ['two-framings']],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nok\n0\n\n', 'complete', 'ok', ['bare-lf']],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok0\r\n\r\n', 'complete', 'ok', ['bad-chunk']],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok', 'complete', 'zz\r\nok', ['bad-chunk']],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nok', 'cut', 'ok', ['bad-chunk']],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n', 'complete', 'ok', ['bad-chunk']],
  ['HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n', 'too-large', '', []],
  [`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(1001)}`, 'too-large', 'x'.repeat(1000 - 'HTTP/1.1 200 OK\r\n\r\n'.length), []],
  [`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${'1;name=value\r\nx\r\n'.repeat(100)}`, 'too-large', 'x'.repeat(56), []],
  ['HTTP/1.1 100 Continue\r\n\r\n'.repeat(50), 'too-large', undefined, undefined],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n', 'too-large', '', []],
  ['HTTP/1.1 200 OK\r\nConte', 'not-http', undefined, undefined],
  ['hello\r\n\r\n', 'not-http', undefined, undefined],
])('%j', (wire, state, body, ids) => {
  const { whole, single } = read(wire);
  expect(whole).toMatchObject({ state, body, ids });
  expect(single).toEqual(whole);
});

test('a head without end is given up', () => {
  const reader = createReplyReader(1000);
  let state = reader.push(Buffer.from('HTTP/1.1 200 OK\r\n'));
  for (let i = 0; i < 10 && state === 'reading'; i += 1) state = reader.push(Buffer.from(`X: ${'y'.repeat(50_000)}\r\n`));
  expect(state).toBe('too-large');
});
