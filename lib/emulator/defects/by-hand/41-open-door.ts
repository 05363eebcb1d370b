/** Section 41: what a door can do wrong that an answer shows. */
import { type Defect, inSection, performing } from './notation.ts';

export const openDoorDefects: readonly Defect[] = inSection('open-door', [
  {
    id: 'refuses',
    does: 'refuses to open the door',
    noticedBy: ['openDoor/performed'],
    plant: () => ({ tamper: performing('openDoor', () => ({ code: 205 })) }),
  },
]);
