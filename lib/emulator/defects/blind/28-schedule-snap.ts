/** Section 28: snapshots by the clock. */
import { type BlindDefect, tampering, type Writer, writerFor } from './blind-defect.ts';
import { stores, storesOther } from './sets-and-gets.ts';
import { isWeek, ofWeek } from './weeks.ts';

const schedule: Writer = writerFor('schedule-snap');

export const SCHEDULE_SNAP: readonly BlindDefect[] = [
  ...ofWeek('schedule-snap', 'setScheSnap', 'getScheSnap'),
  schedule('snapInterval/settable', 'interval-in-fives', 'rounds the interval down to five seconds', () =>
    tampering(storesOther('setScheSnap', 'snapInterval', (value) => Number(value) - (Number(value) % 5000))),
  ),
  schedule('saveMode/settable', 'mail-alone-lost', 'stores both for mail alone', () =>
    tampering(storesOther('setScheSnap', 'saveMode', (value) => (value === 3 ? 7 : value))),
  ),
  schedule('saveMode/settable', 'mode-empties-week', 'disables the first day where both are closed', () =>
    tampering(
      stores('setScheSnap', (changes, before) =>
        changes.saveMode === 0 && !('schedule_list' in changes) && isWeek(before.schedule_list)
          ? {
              ...changes,
              schedule_list: before.schedule_list.map((entry, day) =>
                day === 0 ? { day_0: (entry.day_0 ?? []).map((each) => ({ ...each, enable: 1 - Number(each.enable) })) } : entry,
              ),
            }
          : changes,
      ),
    ),
  ),
];
