/** Section 10: clocks that stand, race and go back. */
import { type BlindDefect, type Now, tampering, writerFor } from './blind-defect.ts';
import { afterDone, counter, performs, shows, stores, storesOther, takes } from './sets-and-gets.ts';

const time = writerFor('time-configuration');

const GET_TIME = 'getDeviceTime';

const SET_TIME = 'setTime';

/** The clock as it is shown, from what it shows now and what was set last, `since` so many seconds ago. */
const clocking = (change: (shown: number, set: { readonly value: number; readonly since: number } | null) => number) => (now: Now) => {
  let last: { value: number; at: number } | null = null;
  return tampering({
    ...afterDone(SET_TIME, (_, json) => {
      if (typeof json.CurTime === 'number' && json.ntp_enable === 0) last = { value: json.CurTime, at: now() };
    }),
    ...shows(GET_TIME, (reply) => ({
      ...reply,
      deviceTime: change(Number(reply.deviceTime), last === null ? null : { value: last.value, since: (now() - last.at) / 1000 }),
    })),
  });
};

export const TIME_CONFIGURATION: readonly BlindDefect[] = [
  time('clock-counts-seconds', 'clock-stands', 'shows the time of its first reply for ever', () => {
    let first: unknown;
    return tampering(
      shows(GET_TIME, (reply) => {
        first ??= reply.deviceTime;
        return { ...reply, deviceTime: first };
      }),
    );
  }),
  time('clock-counts-seconds', 'clock-races', 'counts two seconds for each', (now) => {
    const start = now();
    return tampering(shows(GET_TIME, (reply) => ({ ...reply, deviceTime: Number(reply.deviceTime) + Math.floor((now() - start) / 1000) })));
  }),
  time('clock-counts-seconds', 'clock-half', 'counts one second for two', (now) => {
    const start = now();
    return tampering(shows(GET_TIME, (reply) => ({ ...reply, deviceTime: Number(reply.deviceTime) - Math.floor((now() - start) / 2000) })));
  }),
  time('clock-counts-seconds', 'milliseconds', 'shows milliseconds', () =>
    tampering(shows(GET_TIME, (reply) => ({ ...reply, deviceTime: Number(reply.deviceTime) * 1000 }))),
  ),
  time('clock-counts-seconds', 'whole-minutes', 'shows whole minutes alone', () =>
    tampering(shows(GET_TIME, (reply) => ({ ...reply, deviceTime: Number(reply.deviceTime) - (Number(reply.deviceTime) % 60) }))),
  ),
  time('clock-counts-seconds', 'counts-replies', 'counts one second with each reply, whatever time passes', () => {
    const next = counter();
    let first = 0;
    return tampering(
      shows(GET_TIME, (reply) => {
        first ||= Number(reply.deviceTime);
        return { ...reply, deviceTime: first + next() };
      }),
    );
  }),
  time('clock-counts-seconds', 'goes-back', 'goes back by a minute in each third reply', () => {
    const next = counter();
    return tampering(shows(GET_TIME, (reply) => (next() % 3 === 0 ? { ...reply, deviceTime: Number(reply.deviceTime) - 60 } : reply)));
  }),
  time('clock-counts-seconds', 'fraction', 'shows fractions of seconds as text', () =>
    tampering(shows(GET_TIME, (reply) => ({ ...reply, deviceTime: `${String(reply.deviceTime)}.000` }))),
  ),
  time(
    'clock-follows-cur-time',
    'stands-after-set',
    'stands still at the time that was set',
    clocking((shown, set) => (set === null ? shown : set.value)),
  ),
  time(
    'clock-follows-cur-time',
    'races-after-set',
    'counts ten seconds for each, once it was set',
    clocking((shown, set) => (set === null ? shown : set.value + Math.floor(set.since * 10))),
  ),
  time(
    'clock-follows-cur-time',
    'stands-ten-seconds',
    'stands for 10 s behind a set, and goes on then',
    clocking((shown, set) => (set === null ? shown : set.value + Math.max(0, Math.floor(set.since - 10)))),
  ),
  time('clock-follows-cur-time', 'goes-back-after-three-seconds', 'has the time from before again 3 s behind a set', (now) => {
    let shift = 0;
    let due = Number.POSITIVE_INFINITY;
    return tampering({
      performs: async (action, json, camera, perform) => {
        const before = camera.clock.drift();
        const reply = await perform();
        if (action === SET_TIME && reply.code === 0 && typeof json?.CurTime === 'number')
          [shift, due] = [camera.clock.drift() - before, now() + 3000];
        return reply;
      },
      ...shows(GET_TIME, (reply) => (now() >= due ? { ...reply, deviceTime: Number(reply.deviceTime) - shift } : reply)),
    });
  }),
  time('clock-follows-cur-time', 'a-minute-off', 'sets its clock a minute later than CurTime', () =>
    tampering(takes(SET_TIME, (json) => (typeof json.CurTime === 'number' ? { ...json, CurTime: json.CurTime + 60 } : json))),
  ),
  time('clock-follows-cur-time', 'whole-hours', 'sets its clock to the full hour of CurTime', () =>
    tampering(takes(SET_TIME, (json) => (typeof json.CurTime === 'number' ? { ...json, CurTime: json.CurTime - (json.CurTime % 3600) } : json))),
  ),
  time('clock-follows-cur-time', 'only-forward', 'does not set its clock back', () =>
    tampering(
      performs(SET_TIME, (camera, json, perform) =>
        typeof json?.CurTime === 'number' && json.CurTime < camera.clock.seconds() && json.ntp_enable === 0 ? camera.set(SET_TIME, json) : perform(),
      ),
    ),
  ),
  time('clock-follows-cur-time', 'only-backward', 'does not set its clock forward', () =>
    tampering(
      performs(SET_TIME, (camera, json, perform) =>
        typeof json?.CurTime === 'number' && json.CurTime > camera.clock.seconds() && json.ntp_enable === 0 ? camera.set(SET_TIME, json) : perform(),
      ),
    ),
  ),
  time('clock-follows-cur-time', 'zone-moves-clock', 'moves its clock by an hour with each set of the time zone', () => {
    let shift = 0;
    return tampering({
      ...stores(SET_TIME, (changes, before) => {
        if ('timeZone' in changes && changes.timeZone !== before.timeZone) shift += 3600;
        return changes;
      }),
      ...shows(GET_TIME, (reply) => ({ ...reply, deviceTime: Number(reply.deviceTime) + shift })),
    });
  }),
  time('clock-follows-cur-time', 'cur-time-in-ntp-mode', 'sets its clock by CurTime and shows NTP mode', () =>
    tampering(shows(GET_TIME, (reply) => ({ ...reply, ntp_enable: 1 }))),
  ),
  time('clock-follows-cur-time', 'year-lost', 'keeps the last 24 bits of CurTime alone', () =>
    tampering(takes(SET_TIME, (json) => (typeof json.CurTime === 'number' ? { ...json, CurTime: json.CurTime % 2 ** 24 } : json))),
  ),
  time('ntp-mode', 'ntp-server-lost', 'shows the server from before where NTP mode is selected', () =>
    tampering(storesOther(SET_TIME, 'ntpServer', (_, before) => before)),
  ),
  time('ntp-mode', 'ntp-interval-in-hours', 'stores the interval in whole hours', () =>
    tampering(storesOther(SET_TIME, 'timeInterval', (value) => Math.max(1, Math.round(Number(value) / 60)) * 60)),
  ),
  time('ntp-mode', 'ntp-not-shown', 'shows device timing mode whatever was set', () =>
    tampering(shows(GET_TIME, (reply) => ({ ...reply, ntp_enable: 0 }))),
  ),
  time('ntp-mode', 'ntp-server-cut', 'keeps twelve characters of the server', () =>
    tampering(storesOther(SET_TIME, 'ntpServer', (value) => String(value).slice(0, 12))),
  ),
  time('ntp-mode', 'zone-lost-with-ntp', 'does not store the zone in a request that selects NTP mode', () =>
    tampering(storesOther(SET_TIME, 'timeZone', (zone, before, changes) => (changes.ntp_enable === 1 ? before : zone))),
  ),
  time('ntp-mode', 'ntp-goes-back', 'shows device timing mode again 3 s behind a set of NTP mode', (now) => {
    let due = Number.POSITIVE_INFINITY;
    return tampering({
      ...afterDone(SET_TIME, (_, json) => {
        due = json.ntp_enable === 1 ? now() + 3000 : Number.POSITIVE_INFINITY;
      }),
      ...shows(GET_TIME, (reply) => (now() >= due ? { ...reply, ntp_enable: 0 } : reply)),
    });
  }),
  time('device-timing-mode', 'timing-only-with-zone', 'stays in NTP mode unless the request names the zone', () =>
    tampering(storesOther(SET_TIME, 'ntp_enable', (mode, before, changes) => (mode === 0 && !('timeZone' in changes) ? before : mode))),
  ),
  time('device-timing-mode', 'timing-empties-server', 'empties the NTP server with device timing mode', () =>
    tampering(stores(SET_TIME, (changes) => (changes.ntp_enable === 0 ? { ...changes, ntpServer: '' } : changes))),
  ),
  time('device-timing-mode', 'timing-not-shown', 'shows NTP mode whatever was set', () => tampering(storesOther(SET_TIME, 'ntp_enable', () => 1))),
  time('timeZone/settable', 'half-hours-lost', 'stores the zone of the full hour for those of a half', () =>
    tampering(storesOther(SET_TIME, 'timeZone', (zone) => ([9, 17, 19, 21, 22, 24, 28].includes(Number(zone)) ? Number(zone) + 1 : zone))),
  ),
  time('timeZone/settable', 'last-zone-lost', 'stores zone 31 for zone 32', () =>
    tampering(storesOther(SET_TIME, 'timeZone', (zone) => Math.min(31, Number(zone)))),
  ),
];
