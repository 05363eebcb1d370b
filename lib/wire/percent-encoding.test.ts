import { expect, test } from 'vitest';
import { md5Hex } from './md5.ts';
import { encodeValue, rawValue } from './percent-encoding.ts';

test.each([
  ['中文', '%E4%B8%AD%E6%96%87'],
  [`"'&+%#=? /`, `%22'%26%2B%25%23%3D%3F%20%2F`],
  ['\ud800', '%EF%BF%BD'],
  ['\r\n\0', '%0D%0A%00'],
])('encodes %j', (value, encoded) => {
  expect(encodeValue(value)).toBe(encoded);
});

test('the raw form keeps what would break the request line or the query', () => {
  const raw = rawValue(encodeValue('{"a":["x y&+%#\r\n",1],"é":"\\\\"}'));
  expect(Buffer.from(raw, 'latin1').toString()).toBe('{"a":["x%20y%26%2B%25%23%0D%0A",1],"é":"\\\\"}');
});

test('MD5 is that of the UTF-8 bytes', () => {
  expect(md5Hex('')).toBe('d41d8cd98f00b204e9800998ecf8427e');
  expect(md5Hex('é')).toBe('66ddcd97cfdeabb2f6fb8a999b4bc76f');
});
