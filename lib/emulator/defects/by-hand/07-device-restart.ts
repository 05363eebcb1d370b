/** Section 7: a restart that is none, or after which settings are gone. */

import { type Defect, inSection, performing } from './notation.ts';
import { answeredWrong } from './performed.ts';

const CHECK = 'restart/performed';

export const deviceRestartDefects: readonly Defect[] = inSection('device-restart', [
  ...answeredWrong('restart', 'the restart', CHECK),
  {
    id: `${CHECK}/stays`,
    does: 'answers with code 0 and does not restart',
    noticedBy: [CHECK],
    plant: () => ({ tamper: performing('restart', () => ({ code: 0 })) }),
  },
  {
    id: `${CHECK}/forgets-a-setting`,
    does: 'forgets a setting with a restart',
    noticedBy: [CHECK],
    plant: () => ({
      tamper: performing('restart', (camera, _, perform) => {
        camera.store.write('getOsdConf', 0, { show_week: 1 - Number(camera.store.values('getOsdConf').show_week) });
        return perform();
      }),
    }),
  },
]);
