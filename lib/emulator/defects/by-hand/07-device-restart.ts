/** Section 7: a restart that is none, or after which settings are gone. */

import type { Habits } from '../../habits.ts';
import type { Tamper } from '../../tamper.ts';
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
    id: 'restart/watched/refused-at-first',
    does: 'refuses the first user behind a restart',
    noticedBy: ['restart/watched'],
    plant: () => behindRestart((isFirst) => ({ admits: (_, __, isRight, asked) => isRight && !isFirst(asked) })),
  },
  {
    id: 'restart/watched/nobody-at-first',
    does: 'has no name in its first answer behind a restart',
    noticedBy: ['restart/watched'],
    plant: () => behindRestart((isFirst) => ({ reply: (asked, _, reply) => (isFirst(asked) ? { ...reply, deviceID: '' } : reply) })),
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

/** `isFirst` tells the first request for getSysConfig behind a restart. */
function behindRestart(make: (isFirst: (action: string) => boolean) => Tamper): Habits {
  let hasRestarted = false;
  const isFirst = (action: string): boolean => {
    if (!hasRestarted || action !== 'getSysConfig') return false;
    hasRestarted = false;
    return true;
  };
  const restarting = performing('restart', (_, __, perform) => {
    hasRestarted = true;
    return perform();
  });
  return { tamper: { ...restarting, ...make(isFirst) } };
}
