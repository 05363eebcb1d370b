/** Section 41: what a door can do wrong that an answer shows. */

import { type Defect, inSection } from './notation.ts';
import { answeredWrong } from './performed.ts';

export const openDoorDefects: readonly Defect[] = inSection('open-door', answeredWrong('openDoor', 'the door', 'openDoor/performed'));
