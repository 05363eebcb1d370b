/** Section 6, Device Reset. */
import { command, documentSection, oneOf, row } from '../notation.ts';

const reset = oneOf({ 0: 'not reset', 1: 'reset' });

export const deviceReset = documentSection(
  6,
  'device-reset',
  'Device Reset',
  [
    command('reset 6', {
      rows: [row('netReset', '-Y', reset), row('userReset', '-Y', reset)],
      hazards: ['reset'],
      probe: { netReset: 0, userReset: 0 },
      example: { requests: [{ netReset: 1, userReset: 1 }], reply: {} },
    }),
  ],
  [
    { id: 'nothing-when-both-zero', place: '6', says: 'netReset 0 and userReset 0 leave network and user configuration as they are' },
    {
      id: 'network-configuration-reset',
      place: '6',
      says: 'netReset 1 resets the network configuration',
    },
    {
      id: 'user-configuration-reset',
      place: '6',
      says: 'userReset 1 resets the user configuration',
    },
  ],
);
