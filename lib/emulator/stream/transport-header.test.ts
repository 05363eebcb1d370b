import { expect, it } from 'vitest';
import { parseStreamUri } from './stream-uri.ts';
import { chooseTransport } from './transport-header.ts';

it.each([
  ['RTP/AVP;unicast;client_port=2568-2569', { kind: 'udp', ports: [2568, 2569] }],
  ['RTP/AVP/UDP;unicast;client_port=2568', { kind: 'udp', ports: [2568, 2569] }],
  ['RTP/AVP/TCP;unicast;interleaved=4-5', { kind: 'tcp', channels: [4, 5] }],
  ['RTP/AVP/TCP;unicast', { kind: 'tcp', channels: null }],
  ['RTP/SAVP;unicast;client_port=1-2, RTP/AVP/TCP;interleaved=0-1;mode="PLAY"', { kind: 'tcp', channels: [0, 1] }],
  ['RTP/AVP;multicast;client_port=2568-2569', null],
  ['RTP/AVP;unicast', null],
  ['RTP/AVP;unicast;client_port=70000-70001', null],
  ['RTP/AVP/TCP;interleaved=255', null],
  ['RTP/AVP;unicast;client_port=2568-2569;mode=record', null],
  ['', null],
])('the transport of %j', (header, transport) => {
  expect(chooseTransport(header)).toEqual(transport);
});

it.each([
  ['rtsp://camera:554/stream_0', '/stream_0', null, 'rtsp://camera:554/stream_0/'],
  ['rtsp://a:b@camera/stream_1/trackID=1', '/stream_1', 1, 'rtsp://camera/stream_1/'],
  ['RTSP://camera/stream_1?x=1/trackID=0', '/stream_1', 0, 'rtsp://camera/stream_1?x=1/'],
  ['rtsp://[::1]:554/stream_0/', '/stream_0', null, 'rtsp://[::1]:554/stream_0/'],
  ['rtsp://camera', '', null, 'rtsp://camera/'],
])('the stream of %s', (uri, path, track, base) => {
  expect(parseStreamUri(uri)).toEqual({ path, track, base });
});

it.each(['*', '/stream_0', 'http://camera/stream_0', 'rtsp:///stream_0'])('%s names no stream', (uri) => {
  expect(parseStreamUri(uri)).toBeNull();
});
