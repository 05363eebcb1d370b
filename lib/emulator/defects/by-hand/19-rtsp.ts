/** Section 19, RTSP: all that can be wrong with it. */
import { rtspAccessDefects } from './19-rtsp-access.ts';
import { rtspDescriptionDefects } from './19-rtsp-description.ts';
import { rtspDialogueDefects } from './19-rtsp-dialogue.ts';
import { rtspPacketDefects } from './19-rtsp-packets.ts';
import { rtspPayloadDefects } from './19-rtsp-payload.ts';
import { type Defect, inSection } from './notation.ts';

export const rtspDefects: readonly Defect[] = inSection('rtsp', [
  ...rtspDialogueDefects,
  ...rtspDescriptionDefects,
  ...rtspPacketDefects,
  ...rtspPayloadDefects,
  ...rtspAccessDefects,
  {
    id: 'viewer/start/none-behind-time',
    does: 'describes no stream any more once the time was set',
    noticedBy: ['viewer/start'],
    plant: () => {
      let isSet = false;
      return {
        tamper: {
          reply: (action, _, reply) => {
            isSet ||= action === 'setTime';
            return reply;
          },
        },
        streamTamper: {
          response: (method, text) =>
            isSet && method === 'DESCRIBE' ? text.replace(/^RTSP\/1\.0 200 OK/, 'RTSP/1.0 503 Service Unavailable') : text,
        },
      };
    },
  },
]);
