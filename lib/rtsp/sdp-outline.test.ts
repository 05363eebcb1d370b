import { expect, it } from 'vitest';
import { parseSdpOutline } from './sdp-outline.ts';

it('finds media and their controls, whatever the line ends', () => {
  const text = 'a=control:*\nm=video 0 RTP/AVP 96 97\r\na=rtpmap:96 H264/90000 \r\na=control: trackID=1 \nm=audio 0 RTP/AVP 0';
  expect(parseSdpOutline(text)).toEqual({
    control: '*',
    media: [
      { index: 0, kind: 'video', formats: ['96', '97'], control: 'trackID=1', clockRate: 90_000 },
      { index: 1, kind: 'audio', formats: ['0'], control: null, clockRate: 8000 },
    ],
  });
});

it('needs nothing but m=, and takes the first of two controls', () => {
  expect(parseSdpOutline('m=audio 0 RTP/AVP 97\na=rtpmap:97 MPEG4-GENERIC/16000/2\na=control:a\na=control:b').media).toEqual([
    { index: 0, kind: 'audio', formats: ['97'], control: 'a', clockRate: 16_000 },
  ]);
  expect(parseSdpOutline('')).toEqual({ control: null, media: [] });
});

it('is not flooded', () => {
  expect(parseSdpOutline('m=video 0 RTP/AVP 96\n'.repeat(1000)).media).toHaveLength(16);
});
