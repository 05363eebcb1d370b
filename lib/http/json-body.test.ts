import { describe, expect, test } from 'vitest';
import { decodeBody } from './json-body.ts';

const decode = (body: string | Buffer, type = '') => decodeBody(Buffer.from(body as string), type);

describe('kinds', () => {
  test.each([
    ['{"a":1}', 'text/html', 'json'],
    ['\ufeff {"a":1}\r\n', '', 'json'],
    ['{"code":209}', 'image/jpeg', 'json'],
    ['{"a":1}\0\0', '', 'json'],
    ['[1,2]', 'application/json', 'text'],
    ['null', 'application/json', 'text'],
    ['{"a":', 'application/json', 'text'],
    ['error json\r\n', 'text/plain', 'text'],
    ['BMP is not supported', 'text/plain', 'text'],
    ['', '', 'text'],
    ['', 'image/jpeg', 'bytes'],
    ['whatever', 'application/octet-stream', 'bytes'],
    [Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'text/html', 'bytes'],
    [Buffer.from('BM\x10\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00'), 'text/html', 'bytes'],
    [Buffer.from([0x7b, 0x80, 0x81, 0x10]), '', 'bytes'],
    [Buffer.from([0x41, 0x80]), 'text/plain', 'bytes'],
  ])('%j as %j is %s', (body, type, kind) => {
    expect(decode(body, type).body.kind).toBe(kind);
  });
});

test('duplicate keys at every depth, whatever stands in strings', () => {
  const text = String.raw`{"a":"\"a\":{","b":{"x":[{"y":1,"y":2}]},"\u0061":3,"c":"a","d":["a","a"],"b" : 1}`;
  expect(decode(text).body).toMatchObject({ duplicateKeys: ['b.x[0].y', 'a', 'b'] });
  expect(decode('{"a":{"b":1},"b":{"a":1},"":[],"__proto__":1}').body).toMatchObject({ duplicateKeys: [] });
});

test('a reply nested without end is text, and no stack overflows', () => {
  const decoded = decode(`{"a":${'['.repeat(15_000)}${']'.repeat(15_000)}}`);
  expect(decoded.body.kind).toBe('text');
  expect(decoded.deviations).toMatchObject([{ id: 'too-deep' }]);
});

test.each([
  [Buffer.from('{"a":"\xe9"}', 'latin1'), 'invalid-utf8', 'byte 0xE9 at offset 6'],
  ['\ufeff{}', 'byte-order-mark', 'EF BB BF before the JSON text'],
  ['{}\0\0', 'trailing-nul', '2 bytes of padding after the text'],
])('deviation of %j', (body, id, detail) => {
  expect(decode(body).deviations).toEqual([{ id, detail }]);
});
