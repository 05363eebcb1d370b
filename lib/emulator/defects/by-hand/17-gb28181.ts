/** Section 17: registration by hand. */

import { type Defect, inSection } from './notation.ts';
import { answeredWrong } from './performed.ts';

export const gb28181Defects: readonly Defect[] = inSection(
  'gb28181',
  ['setGb28181Logout', 'setGb28181Register'].flatMap((action) => answeredWrong(action, action, `${action}/performed`)),
);
