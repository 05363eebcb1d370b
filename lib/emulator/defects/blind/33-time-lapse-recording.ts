/** Section 33: recordings by the clock. */

import { type BlindDefect, tampering, writerFor } from './blind-defect.ts';
import { goingBack } from './going-astray.ts';
import { stores } from './sets-and-gets.ts';
import { ofWeek } from './weeks.ts';

const recording = writerFor('time-lapse-recording');

export const TIME_LAPSE_RECORDING: readonly BlindDefect[] = [
  ...ofWeek('time-lapse-recording', 'setRecSchedule', 'getRecSchedule'),
  recording(
    'minor_stream/settable',
    'stream-goes-back',
    'has the old stream again 2 s behind a set',
    goingBack({ set: 'setRecSchedule', get: 'getRecSchedule' }, 'minor_stream', 2000),
  ),
  recording('setRecSchedule/all-at-once', 'week-lost-with-stream', 'keeps the old week where a request names the stream as well', () =>
    tampering(
      stores('setRecSchedule', (changes, before) =>
        'minor_stream' in changes && 'schedule_list' in changes ? { ...changes, schedule_list: before.schedule_list } : changes,
      ),
    ),
  ),
  recording('setRecSchedule/all-at-once', 'both-refused', 'refuses a request that names the week and the stream', () =>
    tampering({
      refuses: (action, json) => (action === 'setRecSchedule' && json !== null && 'minor_stream' in json && 'schedule_list' in json ? 205 : null),
    }),
  ),
  recording('setRecSchedule/isolation', 'week-changes-stream', 'puts the stream to the main one where a week is set', () =>
    tampering(
      stores('setRecSchedule', (changes) => ('schedule_list' in changes && !('minor_stream' in changes) ? { ...changes, minor_stream: 1 } : changes)),
    ),
  ),
];
