/** Sections 5 and 9 to 18: system, movement, time, network and platforms. */

import type { Members } from '../../../document/row-value.ts';
import type { Tamper } from '../../tamper.ts';
import { isGood, replying } from '../tampering.ts';
import { type BlindDefect, type Now, SHOULD, tampering, writerFor } from './blind-defect.ts';
import { afterDone, counter, eachElement, performs, shows, stores, storesOther, takes } from './sets-and-gets.ts';
import { ofText } from './texts.ts';

const system = writerFor('system-configuration');

export const SYSTEM_CONFIGURATION: readonly BlindDefect[] = [
  system('version/type', 'version-changes', 'shows another version in each second reply', () => {
    const next = counter();
    return tampering(shows('getSysConfig', (reply) => (next() % 2 === 0 ? { ...reply, version: `${reply.version}.1` } : reply)));
  }),
  system('webPort/type', 'web-port-of-another', 'shows another web port than the basic network information', () =>
    tampering(shows('getSysConfig', (reply) => ({ ...reply, webPort: Number(reply.webPort) + 1 }))),
  ),
  system('getSysConfig/envelope', 'mac-of-another', 'shows another device_mac than the basic network information', () =>
    tampering(shows('getSysConfig', (reply) => ({ ...reply, device_mac: '88-07-cb-00-02-bf' }))),
  ),
  system('language/settable', 'russian-becomes-english', 'stores English for Russian', () =>
    tampering(storesOther('setSysConfig', 'language', (language) => (language === 4 ? 1 : language))),
  ),
  system('language/settable', 'language-after-second-get', 'shows the old language in the first get behind a set of Chinese, for ever', () =>
    tampering(storesOther('setSysConfig', 'language', (language, before) => (language === 0 ? before : language))),
  ),
  ...ofText(system, 'setSysConfig', 'dev_name'),
];

const ptz = writerFor('ptz-control');
const PTZ = 'setPtzControl';
const STOP = 21;

export const PTZ_CONTROL: readonly BlindDefect[] = [
  ptz(
    'moves-until-stop',
    'stop-does-nothing',
    'answers stop with code 0 and goes on moving',
    () => tampering(performs(PTZ, (_, json, perform) => (json?.ptz_cmd === STOP ? { code: 0 } : perform()))),
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'does-not-move',
    'answers movements with code 0 and does not move',
    () => tampering(performs(PTZ, (_, json, perform) => ([19, 20, STOP].includes(Number(json?.ptz_cmd)) ? perform() : { code: 0 }))),
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'stops-by-itself',
    'ends each movement with its reply',
    () =>
      tampering(
        afterDone(PTZ, ({ memory }) => {
          memory.moving = null;
        }),
      ),
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'left-is-right',
    'moves right for left, and left for right',
    () => tampering(takes(PTZ, (json) => (json.ptz_cmd === 3 ? { ...json, ptz_cmd: 4 } : json.ptz_cmd === 4 ? { ...json, ptz_cmd: 3 } : json))),
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'top-is-left',
    'moves left for top',
    () => tampering(takes(PTZ, (json) => (json.ptz_cmd === 1 ? { ...json, ptz_cmd: 3 } : json))),
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'diagonals-straight',
    'moves straight up for top-left and top-right',
    () => tampering(takes(PTZ, (json) => (json.ptz_cmd === 71 || json.ptz_cmd === 73 ? { ...json, ptz_cmd: 1 } : json))),
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'stop-needs-two',
    'stops with the second stop alone',
    () => {
      const next = counter();
      return tampering(performs(PTZ, (_, json, perform) => (json?.ptz_cmd === STOP && next() % 2 === 1 ? { code: 0 } : perform())));
    },
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'zoom-swapped',
    'zooms out for in, and in for out',
    () => tampering(takes(PTZ, (json) => (json.ptz_cmd === 9 ? { ...json, ptz_cmd: 10 } : json.ptz_cmd === 10 ? { ...json, ptz_cmd: 9 } : json))),
    SHOULD,
  ),
  ptz('preset-called', 'preset-not-kept', 'answers a preset point that was set with code 0, and does not know it', () =>
    tampering(
      afterDone(PTZ, ({ memory }, json) => {
        if (json.ptz_cmd === 19) memory.presets.delete(Number(json.speed_v));
      }),
    ),
  ),
  ptz(
    'preset-called',
    'call-does-nothing',
    'answers the call of a preset point with code 0, and stays where it is',
    () => tampering(performs(PTZ, (_, json, perform) => (json?.ptz_cmd === 20 ? { code: 0 } : perform()))),
    SHOULD,
  ),
  ptz(
    'preset-called',
    'preset-by-low-digit',
    'tells preset points apart by their last digit alone',
    () => tampering(takes(PTZ, (json) => (json.ptz_cmd === 19 || json.ptz_cmd === 20 ? { ...json, speed_v: Number(json.speed_v) % 10 } : json))),
    SHOULD,
  ),
  ptz('preset-called', 'preset-refused', 'refuses preset points', () =>
    tampering({ refuses: (action, json) => (action === PTZ && json?.ptz_cmd === 19 ? 205 : null) }),
  ),
  ptz('speed_h/range', 'refuses-speed-100', 'refuses the highest speed', () =>
    tampering({ refuses: (action, json) => (action === PTZ && json?.speed_h === 100 && json.ptz_cmd !== 19 && json.ptz_cmd !== 20 ? 205 : null) }),
  ),
  ptz('speed_v/range', 'refuses-speed-1', 'refuses the lowest vertical speed', () =>
    tampering({ refuses: (action, json) => (action === PTZ && json?.speed_v === 1 && ![19, 20, STOP].includes(Number(json.ptz_cmd)) ? 205 : null) }),
  ),
  ptz('ptz_cmd/enumeration', 'refuses-refresh', 'refuses "refresh position"', () =>
    tampering({ refuses: (action, json) => (action === PTZ && json?.ptz_cmd === 69 ? 205 : null) }),
  ),
  ptz('ptz_cmd/enumeration', 'refuses-light', 'refuses "light"', () =>
    tampering({ refuses: (action, json) => (action === PTZ && json?.ptz_cmd === 13 ? 205 : null) }),
  ),
  ptz(
    'ptz_cmd/enumeration',
    'takes-any-command',
    'answers a command that is in no table with code 0',
    () =>
      tampering(
        performs(PTZ, async (_, json, perform) => {
          const reply = await perform();
          return reply.code !== 0 && typeof json?.ptz_cmd === 'number' ? { code: 0 } : reply;
        }),
      ),
    SHOULD,
  ),
  ptz(
    'speed_h/range',
    'takes-speed-101',
    'takes speed 101',
    () => tampering(takes(PTZ, (json) => (json.speed_h === 101 ? { ...json, speed_h: 100 } : json))),
    SHOULD,
  ),
];

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

const network = writerFor('basic-network-information');
const SET_NET = 'setWiredNetwork';

export const BASIC_NETWORK_INFORMATION: readonly BlindDefect[] = [
  network('DNS/settable', 'dns-into-both', 'stores the first name server as the second as well', () =>
    tampering(stores(SET_NET, (changes) => ('DNS' in changes ? { ...changes, DNS2: changes.DNS } : changes))),
  ),
  network('DNS2/settable', 'dns2-into-both', 'stores the second name server as the first as well', () =>
    tampering(stores(SET_NET, (changes) => ('DNS2' in changes ? { ...changes, DNS: changes.DNS2 } : changes))),
  ),
  network('DNS2/settable', 'dns2-last-byte', 'stores 0 for the last byte of the second name server', () =>
    tampering(storesOther(SET_NET, 'DNS2', (value) => String(value).replace(/\d+$/, '0'))),
  ),
  network('DNS/settable', 'dns-swapped', 'stores each name server in the place of the other', () =>
    tampering(stores(SET_NET, (changes) => ('DNS' in changes && 'DNS2' in changes ? { ...changes, DNS: changes.DNS2, DNS2: changes.DNS } : changes))),
  ),
  network('device_mac/type', 'mac-is-none', 'shows "eth0" for its MAC', () =>
    tampering(shows('getWiredNetwork', (reply) => ({ ...reply, device_mac: 'eth0' }))),
  ),
  network('networktype/settable', 'full-becomes-half', 'stores half-duplex for full-duplex', () =>
    tampering(storesOther(SET_NET, 'networktype', (type) => (type === 2 || type === 4 ? Number(type) - 1 : type))),
  ),
  network('getWiredNetwork/envelope', 'address-of-another', 'shows another address in 11.1 than in its envelopes', () =>
    tampering(shows('getWiredNetwork', (reply) => ({ ...reply, IP: '192.168.1.98' }))),
  ),
  network('getWiredNetwork/reply', 'gateway-alternates', 'shows another gateway in each second reply', () => {
    const next = counter();
    return tampering(shows('getWiredNetwork', (reply) => (next() % 2 === 0 ? { ...reply, gateway: '192.168.1.254' } : reply)));
  }),
];

const wifi = writerFor('wifi');
const SCAN = 'setWifiScan';
const onScan = (change: (list: readonly Members[]) => unknown): Tamper =>
  replying(SCAN, (reply) =>
    isGood(reply) ? { ...reply, ap_list: Array.isArray(reply.ap_list) ? change(reply.ap_list as readonly Members[]) : reply.ap_list } : reply,
  );

export const WIFI: readonly BlindDefect[] = [
  wifi('ap_list/type', 'scan-as-text', 'sends the list of access points as text', () => tampering(onScan((list) => JSON.stringify(list)))),
  wifi('ap_list/type', 'scan-mac-is-none', 'sends access points whose MAC is none', () =>
    tampering(onScan((list) => eachElement(list, (each) => ({ ...each, ap_bssid: 'unknown' })))),
  ),
  wifi('ap_list/type', 'scan-signal-as-text', 'sends the signal of access points as text', () =>
    tampering(onScan((list) => eachElement(list, (each) => ({ ...each, ap_signal: `${String(each.ap_signal)}%` })))),
  ),
  wifi('ap_list/type', 'scan-second-broken', 'leaves the MAC out of all access points but the first', () =>
    tampering(onScan((list) => eachElement(list, ({ ap_bssid, ...each }, index) => (index === 0 ? { ...each, ap_bssid } : each)))),
  ),
  wifi('ap_list/type', 'scan-single', 'sends the only access point as an object in place of a list', () => tampering(onScan((list) => list[0]))),
  wifi('status.status/enumeration', 'status-6', 'shows status 6', () => tampering(shows('getWifiStatus', (reply) => ({ ...reply, status: 6 })))),
  wifi(
    'status.status/enumeration',
    'connected-while-off',
    'shows that it is connected while WIFI is not enabled',
    () => tampering(shows('getWifiStatus', (reply) => ({ ...reply, status: 2 }))),
    SHOULD,
  ),
  wifi('status.mac_address/type', 'mac-short', 'shows a MAC of five bytes', () =>
    tampering(shows('getWifiStatus', (reply) => ({ ...reply, mac_address: '00:00:00:00:00' }))),
  ),
  wifi('passwd/settable', 'passwd-masked', 'stores the password as stars', () =>
    tampering(storesOther('setWifiConfig', 'passwd', (value) => String(value).replaceAll(/./g, '*'))),
  ),
  wifi('ssid/settable', 'ssid-lower', 'stores the SSID in small letters', () =>
    tampering(storesOther('setWifiConfig', 'ssid', (value) => String(value).toLowerCase())),
  ),
  wifi('encryptType/settable', 'open-becomes-wpa', 'stores WPA for OPEN', () =>
    tampering(storesOther('setWifiConfig', 'encryptType', (value) => (value === 2 ? 1 : value))),
  ),
  wifi('DNS/settable', 'dns-goes-to-wire', 'stores the name server of WIFI for the wire as well', () =>
    tampering(
      afterDone('setWifiConfig', ({ store }, json) => {
        if (typeof json.DNS === 'string') store.write('getWiredNetwork', 0, { DNS: json.DNS });
      }),
    ),
  ),
  wifi('setWifiConfig/isolation', 'new-ssid-empties-password', 'empties the password with a new SSID', () =>
    tampering(
      stores('setWifiConfig', (changes, before) =>
        'ssid' in changes && changes.ssid !== before.ssid && !('passwd' in changes) ? { ...changes, passwd: '' } : changes,
      ),
    ),
  ),
  ...ofText(wifi, 'setWifiConfig', 'ssid'),
];

const sip = writerFor('gb28181');

export const GB28181: readonly BlindDefect[] = [
  sip('register-with-manual-operation', 'register-refused', 'refuses a registration by hand while register_type is 1', () =>
    tampering({ refuses: (action) => (action === 'setGb28181Register' ? 205 : null) }),
  ),
  sip('register-with-manual-operation', 'register-only-once', 'refuses each registration by hand but the first', () => {
    const next = counter();
    return tampering({ refuses: (action) => (action === 'setGb28181Register' && next() > 1 ? 205 : null) });
  }),
  sip('register-with-manual-operation', 'register-closes', 'puts register_type back to 0 with a registration by hand', () =>
    tampering(afterDone('setGb28181Register', ({ store }) => store.write('getGb28181', 0, { register_type: 0 }))),
  ),
  sip('register-with-manual-operation', 'register-only-when-closed', 'registers by hand while register_type is 0 alone', () =>
    tampering(performs('setGb28181Register', (camera) => ({ code: camera.store.values('getGb28181').register_type === 0 ? 0 : 205 }))),
  ),
  sip('logout-with-manual-operation', 'logout-refused', 'refuses a cancellation by hand while register_type is 1', () =>
    tampering({ refuses: (action) => (action === 'setGb28181Logout' ? 299 : null) }),
  ),
  sip('logout-with-manual-operation', 'logout-forgets-server', 'forgets the address of the server with a cancellation by hand', () =>
    tampering(afterDone('setGb28181Logout', ({ store }) => store.write('getGb28181', 0, { server_addr: '' }))),
  ),
  sip('logout-with-manual-operation', 'logout-forgets-password', 'forgets the password with a cancellation by hand', () =>
    tampering(afterDone('setGb28181Logout', ({ store }) => store.write('getGb28181', 0, { password: '' }))),
  ),
  sip('server_port/settable', 'server-port-is-device-port', 'stores the port of the server as that of the device as well', () =>
    tampering(stores('setGb28181', (changes) => ('server_port' in changes ? { ...changes, device_port: changes.server_port } : changes))),
  ),
  sip('user_name/settable', 'user-is-channel', 'stores the user name as the channel as well', () =>
    tampering(stores('setGb28181', (changes) => ('user_name' in changes ? { ...changes, channel_id: changes.user_name } : changes))),
  ),
  sip('server_id/settable', 'id-as-number', 'loses the last digits of an identifier, as a number would', () =>
    tampering(
      storesOther('setGb28181', 'server_id', (value) =>
        /^\d{17,}$/.test(String(value)) ? Number(value).toLocaleString('fullwide', { useGrouping: false }) : value,
      ),
    ),
  ),
  sip('server_id/settable', 'id-16-digits', 'keeps 16 digits of an identifier', () =>
    tampering(storesOther('setGb28181', 'server_id', (value) => String(value).slice(0, 16))),
  ),
  sip('alarm_id/settable', 'empty-alarm-id-refused', "refuses an empty alarm_id, which the document's example has", () =>
    tampering({ refuses: (action, json) => (action === 'setGb28181' && json?.alarm_id === '' ? 205 : null) }),
  ),
  sip('active_count/settable', 'count-is-time', 'stores active_count in active_time as well', () =>
    tampering(stores('setGb28181', (changes) => ('active_count' in changes ? { ...changes, active_time: changes.active_count } : changes))),
  ),
];

const SET_PLATFORM = 'setPlatformServer';
const mail = writerFor('email');
const platform = writerFor('platform-access');
const ftp = writerFor('ftp');
const mqtt = writerFor('mqtt');
const gat = writerFor('gat1400');
const mobile = writerFor('4g');
const rtmp = writerFor('rtmp');

/** Of one action pair: a set of `from` also stores it as `to`. */
const copying = (set: string, from: string, to: string) => () =>
  tampering(stores(set, (changes) => (from in changes ? { ...changes, [to]: changes[from] } : changes)));

export const PLATFORMS: readonly BlindDefect[] = [
  platform('serverAddr/settable', 'port-lost', 'stores the server without its port', () =>
    tampering(storesOther(SET_PLATFORM, 'serverAddr', (value) => String(value).replace(/:\d+$/, ''))),
  ),
  platform(
    'serverAddr/settable',
    'server-is-ws-server',
    'stores the HTTP server as the WebSocket server as well',
    copying(SET_PLATFORM, 'serverAddr', 'wsServerAddr'),
  ),
  platform(
    'setPlatformServer/isolation',
    'server-goes-to-mqtt',
    'stores the HTTP server as the MQTT server as well',
    copying(SET_PLATFORM, 'serverAddr', 'mqtt_server'),
  ),
  platform('setPlatformServer/isolation', 'ws-empties-gat', 'empties the address of GAT1400 with a WebSocket server', () =>
    tampering(stores(SET_PLATFORM, (changes) => ('wsServerAddr' in changes && !('gat_uri' in changes) ? { ...changes, gat_uri: '' } : changes))),
  ),
  platform('platformSubCode/settable', 'sub-code-of-a-byte', 'keeps the last four bits of platformSubCode', () =>
    tampering(storesOther(SET_PLATFORM, 'platformSubCode', (value) => Number(value) % 16)),
  ),
  ftp('ftpPath/settable', 'path-slash', 'puts a slash behind each path', () =>
    tampering(storesOther(SET_PLATFORM, 'ftpPath', (value) => (String(value).endsWith('/') ? value : `${String(value)}/`))),
  ),
  ftp('ftpPath/settable', 'path-backslash', 'turns slashes of a path round', () =>
    tampering(storesOther(SET_PLATFORM, 'ftpPath', (value) => String(value).replaceAll('/', '\\'))),
  ),
  ftp('ftpUser/settable', 'user-is-password', 'stores the user as the password as well', copying(SET_PLATFORM, 'ftpUser', 'ftpPasswd')),
  ftp('ftpServer/settable', 'ftp-is-mqtt', 'stores the FTP server as the MQTT server as well', copying(SET_PLATFORM, 'ftpServer', 'mqtt_server')),
  ftp('ftpPort/settable', 'port-of-a-byte', 'keeps the last byte of the port', () =>
    tampering(storesOther(SET_PLATFORM, 'ftpPort', (value) => Number(value) % 256)),
  ),
  ftp('ftpServer/settable', 'server-empty-refused', 'refuses an empty server', () =>
    tampering({ refuses: (action, json) => (action === SET_PLATFORM && json?.ftpServer === '' ? 205 : null) }),
  ),
  mqtt('mqtt_topic/settable', 'topic-is-user', 'stores the topic as the user as well', () =>
    tampering(stores(SET_PLATFORM, (changes) => ('mqtt_topic' in changes ? { ...changes, mqtt_user: changes.mqtt_topic } : changes))),
  ),
  mqtt(
    'mqtt_topic/settable',
    'topic-before-slash',
    'keeps what stands before the first slash of a topic',
    () => tampering(storesOther(SET_PLATFORM, 'mqtt_topic', (value) => String(value).split('/')[0])),
    SHOULD,
  ),
  mqtt('mqtt_server/settable', 'mqtt-is-ftp', 'stores the MQTT server as the FTP server as well', copying(SET_PLATFORM, 'mqtt_server', 'ftpServer')),
  mqtt('mqtt_passwd/settable', 'passwd-eight', 'keeps five characters of the password', () =>
    tampering(storesOther(SET_PLATFORM, 'mqtt_passwd', (value) => String(value).slice(0, 5))),
  ),
  gat('gat_uri/settable', 'uri-without-scheme', 'stores the address without its scheme', () =>
    tampering(storesOther(SET_PLATFORM, 'gat_uri', (value) => String(value).replace(/^\w+:\/\//, ''))),
  ),
  gat('gat_uri/settable', 'uri-empty-refused', "refuses an empty address, which the document's example has", () =>
    tampering({ refuses: (action, json) => (action === SET_PLATFORM && json?.gat_uri === '' ? 205 : null) }),
  ),
  gat('heartbeat_interval/settable', 'interval-zero-refused', "refuses an interval of 0, which the document's example has", () =>
    tampering({ refuses: (action, json) => (action === SET_PLATFORM && json?.heartbeat_interval === 0 ? 205 : null) }),
  ),
  gat('gat_enable/settable', 'enable-needs-address', 'does not store gat_enable 1 unless the request has an address', () =>
    tampering(storesOther(SET_PLATFORM, 'gat_enable', (value, before, changes) => (value === 1 && !('gat_uri' in changes) ? before : value))),
  ),
  gat('gat_pwd/settable', 'pwd-is-ftp-passwd', 'stores its password as that of FTP as well', copying(SET_PLATFORM, 'gat_pwd', 'ftpPasswd')),
  mail('enable_ssl/settable', 'ssl-changes-port', 'changes the port to 465 where SSL is opened', () =>
    tampering(stores('setMailConf', (changes) => (changes.enable_ssl === 1 && !('smtp_port' in changes) ? { ...changes, smtp_port: 465 } : changes))),
  ),
  mail('to_addr/settable', 'sender-is-recipient', 'stores the sender as the recipient as well', copying('setMailConf', 'to_addr', 'from_user')),
  mail('to_passw/settable', 'password-not-shown-back', 'stores an empty password with a new name', () =>
    tampering(stores('setMailConf', (changes) => ('to_name' in changes && !('to_passw' in changes) ? { ...changes, to_passw: '' } : changes))),
  ),
  mail('smtp_port/settable', 'port-times-ten', 'stores ten times the port', () =>
    tampering(storesOther('setMailConf', 'smtp_port', (value) => Number(value) * 10)),
  ),
  mail('from_user/settable', 'first-recipient', 'keeps the recipient before the first "@"', () =>
    tampering(storesOther('setMailConf', 'from_user', (value) => String(value).split('@')[0])),
  ),
  ...ofText(mail, 'setMailConf', 'to_name'),
  mobile('APN_AUTO/settable', 'auto-empties-name', 'empties the name of the APN where APN_AUTO is opened', () =>
    tampering(stores('Set4GConfig', (changes) => (changes.APN_AUTO === 1 && !('APNName' in changes) ? { ...changes, APNName: '' } : changes))),
  ),
  mobile('APNUser/settable', 'user-is-name', 'stores the user as the name of the APN as well', copying('Set4GConfig', 'APNUser', 'APNName')),
  mobile('DNSType/settable', 'dns-type-is-auto', 'stores DNSType as APN_AUTO as well', copying('Set4GConfig', 'DNSType', 'APN_AUTO')),
  mobile('HeartBeatAddr/settable', 'address-is-empty', 'stores an empty address for one without a port', () =>
    tampering(storesOther('Set4GConfig', 'HeartBeatAddr', (value) => (String(value).includes(':') ? value : ''))),
  ),
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
