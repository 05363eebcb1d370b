/** Sections 6 to 8: reset and restart that do nothing, half, or more than they should. */
import type { Members } from '../../../document/row-value.ts';
import type { Camera, Reply } from '../../handler.ts';
import type { Store } from '../../store.ts';
import type { Tamper } from '../../tamper.ts';
import { type BlindDefect, type Now, tampering, writerFor } from './blind-defect.ts';
import { counter, performs, storesOther } from './sets-and-gets.ts';

const ofReset = writerFor('device-reset');
const ofRestart = writerFor('device-restart');
const ofTimed = writerFor('device-timed-restart');

const NETWORK: ReadonlySet<string> = new Set(['getWiredNetwork', 'Get4GConfig', 'getWifiConfig']);
const networkOf = (store: Store): void => store.reset((action) => !NETWORK.has(action));
const othersOf = (store: Store): void => store.reset((action) => NETWORK.has(action));

/** Carries out a reset that is well formed in its own way. */
const resetting = (instead: (camera: Camera, switches: { readonly net: boolean; readonly user: boolean }) => void): Tamper =>
  performs('reset', (camera, json, perform) => {
    const { netReset, userReset } = json ?? {};
    if (![0, 1].includes(netReset as number) || ![0, 1].includes(userReset as number)) return perform();
    instead(camera, { net: netReset === 1, user: userReset === 1 });
    return { code: 0 };
  });

const both = (camera: Camera, net: boolean, user: boolean): void => {
  if (net) networkOf(camera.store);
  if (!user) return;
  othersOf(camera.store);
  camera.account.reset();
};

/** What was set before a reset comes back behind it. */
function undone(now: Now, afterMs: number): Tamper {
  let kept: Readonly<Record<string, Members>> | null = null;
  let due = Number.POSITIVE_INFINITY;
  return {
    performs: async (action, json, camera, perform) => {
      if (kept !== null && now() >= due) {
        put(camera.store, kept);
        kept = null;
      }
      const before = action === 'reset' ? camera.store.contents() : null;
      const reply = await perform();
      if (before !== null && reply.code === 0 && (json?.netReset === 1 || json?.userReset === 1)) [kept, due] = [before, now() + afterMs];
      return reply;
    },
  };
}

/** Stores what was there, action by action and instance by instance, ports apart. */
function put(store: Store, contents: Readonly<Record<string, Members>>): void {
  for (const [name, values] of Object.entries(contents)) {
    const [, action = '', instance = '0'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(name) ?? [];
    store.write(action, Number(instance), Object.fromEntries(Object.entries(values).filter(([each]) => each !== 'webPort' && each !== 'rtsp_port')));
  }
}

export const DEVICE_RESET: readonly BlindDefect[] = [
  ofReset('nothing-when-both-zero', 'zero-resets-network', 'resets the network configuration where both switches are 0', () =>
    tampering(resetting((camera, { net, user }) => both(camera, net || !user, user))),
  ),
  ofReset('nothing-when-both-zero', 'zero-resets-user', 'resets the user configuration where both switches are 0', () =>
    tampering(resetting((camera, { net, user }) => both(camera, net, user || !net))),
  ),
  ofReset('nothing-when-both-zero', 'zero-resets-one-value', 'resets the device name where both switches are 0', () =>
    tampering(
      resetting((camera, { net, user }) => {
        both(camera, net, user);
        if (!net && !user) camera.store.write('getSysConfig', 0, { dev_name: camera.store.tables.get('getSysConfig')?.instances[0]?.start.dev_name });
      }),
    ),
  ),
  ofReset('network-configuration-reset', 'net-does-nothing', 'answers netReset 1 with code 0, and resets nothing', () =>
    tampering(resetting((camera, { user }) => both(camera, false, user))),
  ),
  ofReset('network-configuration-reset', 'net-keeps-wifi', 'leaves the WIFI configuration as it is with netReset 1', () =>
    tampering(
      resetting((camera, { net, user }) => {
        both(camera, false, user);
        if (net) camera.store.reset((action) => !NETWORK.has(action) || action === 'getWifiConfig');
      }),
    ),
  ),
  ofReset('network-configuration-reset', 'net-keeps-dns', 'leaves the second name server as it is with netReset 1', () =>
    tampering(
      resetting((camera, { net, user }) => {
        const { DNS2 } = camera.store.values('getWiredNetwork');
        both(camera, net, user);
        camera.store.write('getWiredNetwork', 0, { DNS2 });
      }),
    ),
  ),
  ofReset('network-configuration-reset', 'net-resets-user', 'resets the user configuration as well with netReset 1', () =>
    tampering(resetting((camera, { net, user }) => both(camera, net, user || net))),
  ),
  ofReset('network-configuration-reset', 'net-only-with-user', 'resets the network only where userReset is 1 as well', () =>
    tampering(resetting((camera, { net, user }) => both(camera, net && user, user))),
  ),
  ofReset('network-configuration-reset', 'switches-swapped', 'takes netReset for userReset, and userReset for netReset', () =>
    tampering(resetting((camera, { net, user }) => both(camera, user, net))),
  ),
  ofReset('network-configuration-reset', 'net-comes-back', 'has what was set before the reset again 5 s behind it', (now) =>
    tampering(undone(now, 5000)),
  ),
  ofReset('user-configuration-reset', 'user-does-nothing', 'answers userReset 1 with code 0, and resets nothing', () =>
    tampering(resetting((camera, { net }) => both(camera, net, false))),
  ),
  ofReset('user-configuration-reset', 'user-resets-network', 'resets the network as well with userReset 1', () =>
    tampering(resetting((camera, { net, user }) => both(camera, net || user, user))),
  ),
  ofReset('user-configuration-reset', 'user-keeps-osd', 'leaves the OSD as it is with userReset 1', () =>
    tampering(
      resetting((camera, { net, user }) => {
        if (net) networkOf(camera.store);
        if (!user) return;
        camera.store.reset((action) => NETWORK.has(action) || action === 'getOsdConf');
        camera.account.reset();
      }),
    ),
  ),
  ofReset('user-configuration-reset', 'user-keeps-sub-stream', 'leaves the second stream as it is with userReset 1', () =>
    tampering(
      resetting((camera, { net, user }) => {
        const sub = camera.store.values('getVencConf', 1);
        both(camera, net, user);
        if (user) camera.store.write('getVencConf', 1, sub);
      }),
    ),
  ),
  ofReset('user-configuration-reset', 'user-only-first-time', 'resets the user configuration only the first time', () => {
    const next = counter();
    return tampering(resetting((camera, { net, user }) => both(camera, net, user && next() === 1)));
  }),
];

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

export const DEVICE_TIMED_RESTART: readonly BlindDefect[] = [
  ofTimed('mode/settable', 'week-becomes-day', 'stores every day where every week was set', () =>
    tampering(storesOther('setRebootConf', 'mode', (mode) => (mode === 4 ? 2 : mode))),
  ),
  ofTimed('mode/settable', 'never-while-day-is-sunday', 'stores never where every week and Sunday were set', () =>
    tampering(storesOther('setRebootConf', 'mode', (mode, _, changes) => (mode === 4 && changes.day_week === 0 ? 0 : mode))),
  ),
  ofTimed('hour/settable', 'hour-lost-with-never', 'puts the hour to 0 where the mode is set to never', () =>
    tampering({ stored: (action, changes) => (action === 'setRebootConf' && changes.mode === 0 ? { ...changes, hour: 0 } : changes) }),
  ),
  ofTimed('minute/settable', 'minute-in-fives', 'rounds the minute down to five', () =>
    tampering(storesOther('setRebootConf', 'minute', (minute) => Number(minute) - (Number(minute) % 5))),
  ),
  ofTimed('day_week/settable', 'sunday-becomes-monday', 'stores Monday for Sunday', () =>
    tampering(storesOther('setRebootConf', 'day_week', (day) => (day === 0 ? 1 : day))),
  ),
  ofTimed('day_week/settable', 'day-only-with-week', 'does not store the day unless the mode is every week', () =>
    tampering(storesOther('setRebootConf', 'day_week', (day, before, changes) => (changes.mode === 4 ? day : before))),
  ),
];
