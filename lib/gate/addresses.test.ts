import { expect, test } from 'vitest';
import { mayExist } from './addresses.ts';

test.each([
  '192.0.2.1',
  '198.51.100.7:80',
  'rtmp://203.0.113.9/live',
  'ntp.example.com',
  'http://user@a.example:81/x',
  'localhost',
  'x.test.',
  '0.0.0.0',
  '255.255.0.0',
  '2001:db8::1',
  '[2001:db8::1]:80',
  '::',
  '',
  '  ',
  'a host!',
])('%j leads nowhere', (text) => {
  expect(mayExist(text)).toBe(false);
});

test.each([
  '10.0.0.1',
  '192.168.1.91:80',
  'pool.ntp.org',
  'http://cam/',
  'camera',
  '8.8.8.8',
  '[fe80::1]:80',
  'fe80::1',
  '192.0.3.1',
  'example.net.cn',
])('%j might exist', (text) => {
  expect(mayExist(text)).toBe(true);
});

test('the testing computer is nobody else', () => {
  expect([mayExist('10.0.0.1:80', ['10.0.0.1']), mayExist(12345)]).toEqual([false, false]);
});
