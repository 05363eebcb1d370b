/** Section 38, Alarm IO Status: the state of the alarm input at this moment. */
import { documentSection, number, row, settings } from '../notation.ts';

export const alarmIoStatus = documentSection(38, 'alarm-io-status', 'Alarm IO Status', [
  settings('getIOAlarmIn 38.1', null, {
    rows: [row('status', 'N-', number(), { volatile: 'measurement' })],
    example: { reply: { status: 1 } },
  }),
]);
