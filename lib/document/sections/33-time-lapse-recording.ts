/** Section 33, Time-lapse Recording: recordings by the clock, and of which stream. */
import { documentSection, oneOf, row, settings, week } from '../notation.ts';
import { exampleWeek, period, periodRows } from './schedule-rows.ts';

export const timeLapseRecording = documentSection(33, 'time-lapse-recording', 'Time-lapse Recording', [
  settings('getRecSchedule 33.1', 'setRecSchedule 33.2', {
    rows: [row('schedule_list', 'YN', week([...periodRows])), row('minor_stream', 'YN', oneOf({ 0: 'Main Stream', 1: 'Subcode Stream' }))],
    example: {
      reply: { minor_stream: 0, schedule_list: exampleWeek() },
      requests: [{ minor_stream: 0, schedule_list: exampleWeek([[period(8, 12), period(16, 23)]]) }],
    },
  }),
]);
