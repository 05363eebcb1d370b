/** Section 35, RTMP: the server that a stream is pushed to. */
import { documentSection, oneOf, row, settings, textOf, toggle } from '../notation.ts';

export const rtmp = documentSection(35, 'rtmp', 'RTMP', [
  settings('getRtmpConf 35.1', 'setRtmpConf 35.2', {
    rows: [
      row('RtmpEnable', 'YN', toggle),
      row('RtmpServerAddr', 'YN', textOf('url', 'rtmp://192.0.2.5:8007/videotest', 'rtmp://192.0.2.6:1935/live')),
      row('RtmpType', 'YN', oneOf({ 0: 'main stream', 1: 'sub stream' })),
    ],
    example: {
      reply: { RtmpEnable: 0, RtmpServerAddr: '', RtmpType: 0 },
      requests: [{ RtmpEnable: 1, RtmpServerAddr: 'rtmp://192.168.1.5:8007/videotest', RtmpType: 0 }],
    },
  }),
]);
