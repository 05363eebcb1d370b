/** Section 8, Device Timed Restart. */
import { documentSection, oneOf, range, row, settings } from '../notation.ts';

export const deviceTimedRestart = documentSection(8, 'device-timed-restart', 'Device Timed Restart', [
  settings('getRebootConf 8.1', 'setRebootConf 8.2', {
    rows: [
      row('day_week', 'YN', oneOf({ 0: 'Sunday', 1: 'Monday', 2: 'Tuesday', 3: 'Wednesday', 4: 'Thursday', 5: 'Friday', 6: 'Saturday' })),
      row('hour', 'YN', range(0, 23)),
      row('minute', 'YN', range(0, 59)),
      row('mode', 'YY', oneOf({ 0: 'Never Restart', 2: 'Every Day', 4: 'Every Week' })),
    ],
    example: {
      reply: { mode: 0, day_week: 0, hour: 0, minute: 0 },
      requests: [{ mode: 4, day_week: 3, hour: 4, minute: 30 }],
    },
  }),
]);
