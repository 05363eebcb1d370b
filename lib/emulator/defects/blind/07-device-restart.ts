/** Section 7: restarts that do not come, and what they lose. */

import type { Members } from '../../../document/row-value.ts';
import type { Camera, Reply } from '../../handler.ts';
import type { Tamper } from '../../tamper.ts';
import { type BlindDefect, type Now, tampering, writerFor } from './blind-defect.ts';
import { put } from './going-astray.ts';
import { counter, performs } from './sets-and-gets.ts';

const ofRestart = writerFor('device-restart');

/** What happens behind the reply to a restart, while the camera is away. */
const whileAway = (change: (camera: Camera) => void): Tamper =>
  performs('restart', async (camera, _, perform) => {
    const reply: Reply = await perform();
    return {
      ...reply,
      afterwards: () => {
        change(camera);
        reply.afterwards?.();
      },
    };
  });

/** A restart puts these actions back to what they were at the start. */
const forgetting = (isForgotten: (action: string) => boolean) => () =>
  tampering(whileAway(({ store }) => store.reset((action) => !isForgotten(action))));

/** A restart puts one parameter back to what it was at the start. */
const forgettingOne =
  (action: string, name: string, instance = 0) =>
  () =>
    tampering(whileAway(({ store }) => store.write(action, instance, { [name]: store.tables.get(action)?.instances[instance]?.start[name] })));

/** What was set in the last moments is lost. */
const lazy = (ms: number) => (now: Now) => {
  let written: Readonly<Record<string, Members>> | null = null;
  let due = Number.POSITIVE_INFINITY;
  return tampering({
    performs: async (action, json, camera, perform) => {
      written ??= camera.store.contents();
      if (now() >= due) [written, due] = [camera.store.contents(), Number.POSITIVE_INFINITY];
      const reply = await perform();
      if (/^set/i.test(action) && reply.code === 0 && json !== null && due === Number.POSITIVE_INFINITY) due = now() + ms;
      if (action !== 'restart') return reply;
      const flash = written;
      return {
        ...reply,
        afterwards: () => {
          if (now() < due) put(camera.store, flash);
          reply.afterwards?.();
        },
      };
    },
  });
};

export const DEVICE_RESTART: readonly BlindDefect[] = [
  ofRestart('device-restarts', 'does-not-restart', 'answers code 0, and does not restart', () => tampering(performs('restart', () => ({ code: 0 })))),
  ofRestart('device-restarts', 'restarts-only-once', 'restarts the first time alone', () => {
    const next = counter();
    return tampering(performs('restart', (_, __, perform) => (next() === 1 ? perform() : { code: 0 })));
  }),
  ofRestart(
    'device-restarts',
    'forgets-everything',
    'has the settings of its delivery again behind a restart',
    forgetting(() => true),
  ),
  ofRestart(
    'device-restarts',
    'forgets-osd',
    'has the OSD of its delivery again behind a restart',
    forgetting((action) => action === 'getOsdConf'),
  ),
  ofRestart(
    'device-restarts',
    'forgets-video',
    'has the encoder settings of its delivery again behind a restart',
    forgetting((action) => action === 'getVencConf'),
  ),
  ofRestart(
    'device-restarts',
    'forgets-schedules',
    'has the schedules of its delivery again behind a restart',
    forgetting((action) => action === 'getRecSchedule' || action === 'getScheSnap'),
  ),
  ofRestart(
    'device-restarts',
    'forgets-alarms',
    'has the motion detection of its delivery again behind a restart',
    forgetting((action) => action === 'getMotionDetConf'),
  ),
  ofRestart(
    'device-restarts',
    'forgets-mail',
    'has the mail settings of its delivery again behind a restart',
    forgetting((action) => action === 'getMailConf'),
  ),
  ofRestart(
    'device-restarts',
    'forgets-image',
    'has the picture adjustment of its delivery again behind a restart',
    forgetting((action) => action === 'getImageAdjustment' || action === 'getImageAdjustmentEx'),
  ),
  ofRestart(
    'device-restarts',
    'forgets-time-zone',
    'has the time zone of its delivery again behind a restart',
    forgettingOne('getDeviceTime', 'timeZone'),
  ),
  ofRestart(
    'device-restarts',
    'forgets-timed-restart',
    'has its timed restart off again behind a restart',
    forgetting((action) => action === 'getRebootConf'),
  ),
  ofRestart(
    'device-restarts',
    'forgets-sub-stream-bitrate',
    'has the bit rate of the second stream of its delivery again behind a restart',
    forgettingOne('getVencConf', 'bitrate', 1),
  ),
  ofRestart('device-restarts', 'forgets-a-mask', 'has its privacy masks off again behind a restart', forgettingOne('getViMask', 'mask_enable')),
  ofRestart(
    'device-restarts',
    'forgets-device-name',
    'has the name of its delivery again behind a restart',
    forgettingOne('getSysConfig', 'dev_name'),
  ),
  ofRestart(
    'device-restarts',
    'forgets-rtmp',
    'has the RTMP server of its delivery again behind a restart',
    forgettingOne('getRtmpConf', 'RtmpServerAddr'),
  ),
  ofRestart('device-restarts', 'forgets-titles', 'has the titles of its delivery again behind a restart', forgettingOne('getOsdConf', 'title_list')),
  ofRestart('device-restarts', 'loses-the-last-two-seconds', 'loses what was set in the 2 s before a restart', lazy(2000)),
  ofRestart('device-restarts', 'loses-the-last-ten-seconds', 'loses what was set in the 10 s before a restart', lazy(10_000)),
  ofRestart('device-restarts', 'another-identity', 'has another deviceID behind a restart', () => {
    let isOther = false;
    return tampering({
      ...whileAway(() => {
        isOther = true;
      }),
      reply: (_, __, reply) => (isOther ? { ...reply, deviceID: 'CBT000114010100010239', device_id: 'CBT000114010100010239' } : reply),
    });
  }),
  ofRestart('device-restarts', 'opens-rtsp', 'has RTSP authentication off behind a restart', () =>
    tampering(whileAway(({ store }) => store.write('getRtspConf', 0, { enable: 0 }))),
  ),
  ofRestart('device-restarts', 'gets-other-value', 'has the language changed behind a restart', () =>
    tampering(whileAway(({ store }) => store.write('getSysConfig', 0, { language: 4 }))),
  ),
  ofRestart('device-restarts', 'forgets-file', 'has the file of its delivery again behind a restart', () =>
    tampering(
      whileAway(({ memory }) => {
        memory.files.set('/appfs/fconfigs/thr_conf.txt', '{"test":0}');
      }),
    ),
  ),
];
