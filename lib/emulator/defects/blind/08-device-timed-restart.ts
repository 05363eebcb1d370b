/** Section 8: the timed restart. */
import { type BlindDefect, tampering, writerFor } from './blind-defect.ts';
import { storesOther } from './sets-and-gets.ts';

const ofTimed = writerFor('device-timed-restart');

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
