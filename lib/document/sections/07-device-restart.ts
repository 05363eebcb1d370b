/** Section 7, Device Restart. */
import { command, documentSection } from '../notation.ts';

export const deviceRestart = documentSection(
  7,
  'device-restart',
  'Device Restart',
  [command('restart 7', { rows: [], hazards: ['reboot'], example: { requests: [null], reply: {} } })],
  [{ id: 'device-restarts', place: '7', says: 'after code 0 the device restarts and answers again' }],
);
