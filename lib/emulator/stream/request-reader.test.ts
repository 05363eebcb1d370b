import { describe, expect, it } from 'vitest';
import { createRequestReader, type RtspRequest } from './request-reader.ts';

function read(chunks: readonly Uint8Array[]) {
  const requests: RtspRequest[] = [];
  const frames: [number, string][] = [];
  const faults: (string | undefined)[] = [];
  const push = createRequestReader({
    request: (request) => requests.push(request),
    frame: (channel, packet) => frames.push([channel, Buffer.from(packet).toString('latin1')]),
    fault: (cseq) => faults.push(cseq),
  });
  for (const chunk of chunks) push(chunk);
  return { requests, frames, faults };
}

const TWO = Buffer.from(
  'OPTIONS rtsp://c/stream_0 RTSP/1.0\r\nCSeq:2\r\n\r\n$\x01\x00\x03abc\r\nSET_PARAMETER * RTSP/1.0\ncseq: 3\nContent-Length: 4\n\n$$$$$\x00\x00\x00',
);

describe('request reader', () => {
  it.each([1, 2, 7, 1000])('reads requests and frames in pieces of %d bytes', (size) => {
    const chunks = Array.from({ length: Math.ceil(TWO.length / size) }, (_, at) => TWO.subarray(at * size, (at + 1) * size));
    const { requests, frames, faults } = read(chunks);
    expect(requests.map(({ method, uri, headers }) => [method, uri, headers.get('cseq')])).toEqual([
      ['OPTIONS', 'rtsp://c/stream_0', '2'],
      ['SET_PARAMETER', '*', '3'],
    ]);
    expect(frames).toEqual([
      [1, 'abc'],
      [0, ''],
    ]);
    expect(faults).toEqual([]);
  });

  it('passes over what a client answers to a request of the camera', () => {
    const { requests, faults } = read([Buffer.from('RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 2\r\n\r\nab'), TWO]);
    expect([requests.length, faults]).toEqual([2, []]);
  });

  it.each([
    ['no request line', 'hello\r\nCSeq: 4\r\n\r\n', '4'],
    ['a length that is none', 'PLAY * RTSP/1.0\r\nCSeq: 5\r\nContent-Length: x\r\n\r\n', '5'],
    ['a body without end', 'PLAY * RTSP/1.0\r\nContent-Length: 70000\r\n\r\n', undefined],
    ['a head without end', `PLAY * RTSP/1.0\r\nA: ${'x'.repeat(20_000)}`, undefined],
  ])('stops at %s', (_, text, cseq) => {
    const { requests, faults } = read([Buffer.from(text), TWO]);
    expect([requests, faults]).toEqual([[], [cseq]]);
  });
});
