/** Section 41, Open Door: switches the alarm output for its duration. */
import { command, documentSection } from '../notation.ts';

export const openDoor = documentSection(
  41,
  'open-door',
  'Open Door',
  [command('openDoor 41.1', { rows: [], hazards: ['door'], example: { requests: [null], reply: {} } })],
  [
    {
      id: 'output-switches',
      place: '41',
      says: 'the output changes its state, and back when the output duration is over',
      untested: 'no action reports the state of the output; it needs a contact wired to the camera',
    },
  ],
);
