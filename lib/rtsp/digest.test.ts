import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { type DigestInput, digestAlgorithm, digestResponse } from './digest.ts';

const RFC_7616: DigestInput = {
  algorithm: 'MD5',
  user: 'Mufasa',
  realm: 'http-auth@example.org',
  password: 'Circle of Life',
  method: 'GET',
  uri: '/dir/index.html',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  qop: 'auth',
  nc: '00000001',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

it.each([
  ['RFC 7616, 3.9.1, MD5', RFC_7616, '8ca523f5e9506fed4657c9700eebdbec'],
  ['RFC 7616, 3.9.1, SHA-256', { ...RFC_7616, algorithm: 'SHA-256' }, '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  [
    'RFC 2617, 3.5',
    {
      ...RFC_7616,
      realm: 'testrealm@host.com',
      password: 'Circle Of Life',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      cnonce: '0a4f113b',
    },
    '6629fae49393a05397450978507c4ef1',
  ],
  [
    'RFC 2069, without qop',
    { ...RFC_7616, qop: null },
    md5(`${md5('Mufasa:http-auth@example.org:Circle of Life')}:${RFC_7616.nonce}:${md5('GET:/dir/index.html')}`),
  ],
] as const)('%s', (_, input, response) => {
  expect(digestResponse(input)).toBe(response);
});

it('hashes the session key once more for -sess', () => {
  const key = md5(`${md5('Mufasa:http-auth@example.org:Circle of Life')}:${RFC_7616.nonce}:${RFC_7616.cnonce}`);
  const expected = md5(`${key}:${RFC_7616.nonce}:00000001:${RFC_7616.cnonce}:auth:${md5('GET:/dir/index.html')}`);
  expect(digestResponse({ ...RFC_7616, algorithm: 'MD5-sess' })).toBe(expected);
});

it.each([
  [undefined, 'MD5'],
  ['md5', 'MD5'],
  ['Sha-256', 'SHA-256'],
  ['MD5-SESS', 'MD5-sess'],
  ['SHA-512-256', null],
])('names the algorithm %s', (name, algorithm) => {
  expect(digestAlgorithm(name)).toBe(algorithm);
});
