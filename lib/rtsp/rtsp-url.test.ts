import { expect, it } from 'vitest';
import { appendControl, joinControl, parseRtspUrl } from './rtsp-url.ts';

it.each([
  ['rtsp://192.168.1.89/stream_0', { url: 'rtsp://192.168.1.89/stream_0', host: '192.168.1.89', port: 554, user: null, password: null }],
  ['RTSP://h:8554', { url: 'rtsp://h:8554', host: 'h', port: 8554, user: null, password: null }],
  ['rtsp://a%40b:c%3Ad@h/x?y=1', { url: 'rtsp://h/x?y=1', host: 'h', port: 554, user: 'a@b', password: 'c:d' }],
  ['rtsp://a:%@h/', { url: 'rtsp://h/', host: 'h', port: 554, user: 'a', password: '%' }],
  ['rtsp://[::1]:554/a', { url: 'rtsp://[::1]:554/a', host: '::1', port: 554, user: null, password: null }],
  ['http://h/', null],
  ['rtsp:///a', null],
  ['rtsp://h:99999/', null],
])('reads %s', (text, expected) => {
  expect(parseRtspUrl(text)).toEqual(expected);
});

it.each([
  ['rtsp://h/a/', 'trackID=1', 'rtsp://h/a/trackID=1', 'rtsp://h/a/trackID=1'],
  ['rtsp://h/a', 'trackID=1', 'rtsp://h/a/trackID=1', 'rtsp://h/trackID=1'],
  ['rtsp://h/a?channel=1', 'trackID=1', 'rtsp://h/a?channel=1/trackID=1', 'rtsp://h/trackID=1'],
  ['rtsp://h', 'trackID=1', 'rtsp://h/trackID=1', 'rtsp://h/trackID=1'],
  ['rtsp://h/a', '/b', 'rtsp://h/a/b', 'rtsp://h/b'],
  ['rtsp://h/a', 'rtsp://h/c', 'rtsp://h/c', 'rtsp://h/c'],
  ['rtsp://h/a', '*', 'rtsp://h/a', 'rtsp://h/a'],
  ['rtsp://h/a', null, 'rtsp://h/a', 'rtsp://h/a'],
])('%s and %s: %s, or %s', (base, control, appended, joined) => {
  expect(appendControl(base, control)).toBe(appended);
  expect(joinControl(base, control)).toBe(joined);
});
