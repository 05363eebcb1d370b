/** Section 35: RTMP. */
import { type BlindDefect, tampering, writerFor } from './blind-defect.ts';
import { copying } from './going-astray.ts';
import { afterDone, shows, storesOther } from './sets-and-gets.ts';

const rtmp = writerFor('rtmp');

export const RTMP: readonly BlindDefect[] = [
  rtmp('RtmpServerAddr/settable', 'path-lost', 'stores the server without its path', () =>
    tampering(storesOther('setRtmpConf', 'RtmpServerAddr', (value) => String(value).replace(/^(\w+:\/\/[^/]+).*$/, '$1'))),
  ),
  rtmp('RtmpType/settable', 'type-is-enable', 'stores the stream as the switch as well', copying('setRtmpConf', 'RtmpType', 'RtmpEnable')),
  rtmp('RtmpEnable/settable', 'enable-goes-off', 'closes by itself 5 s behind it was opened', (now) => {
    let due = Number.POSITIVE_INFINITY;
    return tampering({
      ...afterDone('setRtmpConf', (_, json) => {
        if ('RtmpEnable' in json) due = json.RtmpEnable === 1 ? now() + 5000 : Number.POSITIVE_INFINITY;
      }),
      ...shows('getRtmpConf', (reply) => (now() >= due ? { ...reply, RtmpEnable: 0 } : reply)),
    });
  }),
  rtmp('RtmpServerAddr/settable', 'empty-refused', 'refuses an empty server, which its own get shows at the start', () =>
    tampering({ refuses: (action, json) => (action === 'setRtmpConf' && json?.RtmpServerAddr === '' ? 205 : null) }),
  ),
];
