/** Sections 34, 37, 38 and 40 to 42: measures, inputs and outputs, and what is said and sent. */
import { type BlindDefect, SHOULD, tampering, writerFor } from './blind-defect.ts';
import { copying, goingBack } from './going-astray.ts';
import { afterDone, counter, performs, shows, stores, storesOther, takes } from './sets-and-gets.ts';

const door = writerFor('open-door');

const io = writerFor('send-io-data');

const input = writerFor('alarm-io-status');

const exposure = writerFor('exposure-info');

const speaker = writerFor('smart-audio');

const serial = writerFor('peripheral');

const UNWIRED = { unseen: 'no reply tells of it, and nothing is wired to the camera' } as const;

export const SMALL_SECTIONS: readonly BlindDefect[] = [
  input('status/type', 'status-as-text', 'shows the state as "open"', () =>
    tampering(shows('getIOAlarmIn', (reply) => ({ ...reply, status: 'open' }))),
  ),
  input('status/type', 'status-in-a-list', 'shows the state in a list', () =>
    tampering(shows('getIOAlarmIn', (reply) => ({ ...reply, status: [reply.status] }))),
  ),
  exposure('Fps/type', 'fps-as-text', 'shows frames per second as text', () =>
    tampering(shows('getExposureInfo', (reply) => ({ ...reply, Fps: '25.00' }))),
  ),
  exposure(
    'ISO/type',
    'iso-negative',
    'shows a negative sensitivity',
    () => tampering(shows('getExposureInfo', (reply) => ({ ...reply, ISO: -1 }))),
    SHOULD,
  ),
  exposure('getExposureInfo/reply', 'not-twice', 'leaves its measures out of each second reply', () => {
    const next = counter();
    return tampering(
      shows('getExposureInfo', (reply) =>
        next() % 2 === 0 ? Object.fromEntries(Object.entries(reply).filter(([name]) => !/Gain|Exp|Fps|ISO/.test(name))) : reply,
      ),
    );
  }),
  speaker(
    'hour_begain/settable',
    'begin-is-end',
    'stores the hour at which it begins as that at which it ends as well',
    copying('setSmartAudioConf', 'hour_begain', 'hour_end'),
  ),
  speaker('whiteListAudio/settable', 'white-is-black', 'stores what it says to the white list for the black list as well', () =>
    tampering(
      stores('setSmartAudioConf', (changes) =>
        typeof changes.whiteListAudio === 'number' ? { ...changes, blacklistAudio: Math.min(3, changes.whiteListAudio) } : changes,
      ),
    ),
  ),
  speaker('whiteListAudio/settable', 'last-greeting-lost', 'stores 4 for 5', () =>
    tampering(storesOther('setSmartAudioConf', 'whiteListAudio', (value) => Math.min(4, Number(value)))),
  ),
  speaker(
    'timeEnable/settable',
    'time-is-enable',
    'stores the time control as the switch as well',
    copying('setSmartAudioConf', 'timeEnable', 'enable'),
  ),
  speaker(
    'min_end/settable',
    'minute-goes-back',
    'has the old last minute again 8 s behind a set',
    goingBack({ set: 'setSmartAudioConf', get: 'getSmartAudioConf' }, 'min_end', 8000),
  ),
  serial('baudrate/settable', 'fastest-lost', 'stores 9600 for 115200', () =>
    tampering(storesOther('setPeripheralConf', 'baudrate', (value) => (value === 115_200 ? 9600 : value))),
  ),
  serial('parity/settable', 'constants-lost', 'stores no parity for the constant ones', () =>
    tampering(storesOther('setPeripheralConf', 'parity', (value) => (Number(value) > 2 ? 0 : value))),
  ),
  serial('dataBits/settable', 'data-is-stop', 'puts two stop bits where five data bits are set', () =>
    tampering(stores('setPeripheralConf', (changes) => (changes.dataBits === 5 && !('stopBits' in changes) ? { ...changes, stopBits: 2 } : changes))),
  ),
  serial('PTZ_Lock/settable', 'lock-resets-line', 'puts the line to 2400 where the lock is opened', () =>
    tampering(
      stores('setPeripheralConf', (changes) => (changes.PTZ_Lock === 1 && !('baudrate' in changes) ? { ...changes, baudrate: 2400 } : changes)),
    ),
  ),
  door(
    'output-switches',
    'door-stays-shut',
    'answers code 0, and does not switch the output',
    () => tampering(performs('openDoor', () => ({ code: 0 }))),
    UNWIRED,
  ),
  door(
    'output-switches',
    'door-stays-open',
    'does not switch the output back',
    () =>
      tampering(
        afterDone('openDoor', ({ memory }) => {
          memory.doorUntil = Number.POSITIVE_INFINITY;
        }),
      ),
    UNWIRED,
  ),
  door(
    'openDoor/reply',
    'door-refused-twice',
    'refuses a second time within the duration of the output with code 299',
    (now) => {
      let until = Number.NEGATIVE_INFINITY;
      return tampering({
        refuses: (action) => {
          if (action !== 'openDoor') return null;
          if (now() < until) return 299;
          until = now() + 10_000;
          return null;
        },
      });
    },
    SHOULD,
  ),
  door('openDoor/reply', 'door-changes-duration', 'puts the duration of the output to 0 with each opening', () =>
    tampering(afterDone('openDoor', ({ store }) => store.write('getAlarmInConf', 0, { alarm_handle_alarmout_time: 0 }))),
  ),
  io(
    'data-on-the-line',
    'data-nowhere',
    'answers code 0, and sends nothing',
    () => tampering(performs('ioSendData', (_, json, perform) => (typeof json?.data === 'string' ? { code: 0 } : perform()))),
    UNWIRED,
  ),
  io(
    'data-on-the-line',
    'data-cut',
    'sends the first byte alone',
    () => tampering(takes('ioSendData', (json) => (typeof json.data === 'string' ? { ...json, data: json.data.slice(0, 1) } : json))),
    UNWIRED,
  ),
  io(
    'ioSendData/reply',
    'digits-refused',
    'refuses data with digits',
    () => tampering({ refuses: (action, json) => (action === 'ioSendData' && /\d/.test(String(json?.data)) ? 205 : null) }),
    SHOULD,
  ),
  io('ioSendData/reply', 'data-changes-line', 'puts the line to 2400 with each sending', () =>
    tampering(afterDone('ioSendData', ({ store }) => store.write('getPeripheralConf', 0, { baudrate: 2400 }))),
  ),
];
